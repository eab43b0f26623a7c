import { renderInTestApp } from '@backstage/test-utils';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RelativeTime, toAge } from './RelativeTime';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('toAge', () => {
  it.each([
    [-5 * SECOND, { value: 0, unit: 'seconds' }],
    [89 * SECOND, { value: 89, unit: 'seconds' }],
    [90 * SECOND, { value: 2, unit: 'minutes' }],
    [89 * MINUTE, { value: 89, unit: 'minutes' }],
    [90 * MINUTE, { value: 2, unit: 'hours' }],
    [47 * HOUR, { value: 47, unit: 'hours' }],
    [71 * HOUR, { value: 2, unit: 'days' }],
  ])('reads %d ms as %o', (ms, age) => {
    expect(toAge(ms)).toEqual(age);
  });
});

describe('RelativeTime', () => {
  afterEach(() => jest.useRealTimers());

  it('grows older by itself', async () => {
    jest.useFakeTimers();
    const instant = new Date(Date.now() - 5 * SECOND).toISOString();
    await renderInTestApp(<RelativeTime instant={instant} />);
    expect(screen.getByText('5 s ago')).toBeInTheDocument();
    await act(() => jest.advanceTimersByTimeAsync(30 * SECOND));
    expect(screen.getByText('35 s ago')).toBeInTheDocument();
  });

  it('tells the exact time, and can be reached by keyboard', async () => {
    const user = userEvent.setup();
    await renderInTestApp(<RelativeTime instant="2026-03-01T09:10:11.000Z" />);
    await user.tab();
    expect(screen.getByText(/d ago/)).toHaveFocus();
    await user.hover(screen.getByText(/d ago/));
    expect(await screen.findByRole('tooltip')).toHaveTextContent(/2026.*10:11/);
  });

  it('does not make up a time that is not known', async () => {
    await renderInTestApp(<RelativeTime instant={null} fallback="never" />);
    expect(screen.getByText('never')).toBeInTheDocument();
  });
});
