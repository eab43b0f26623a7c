import '@testing-library/jest-dom';
import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { chosenUser } from './sampleUsers';
import { ViewAsItem } from './ViewAsItem';

describe('ViewAsItem', () => {
  beforeEach(() => window.localStorage.clear());

  it('makes whoever comes by a guest', () => {
    expect(chosenUser().name).toBe('guest');
  });

  it('does not take a name that is nobody’s', () => {
    window.localStorage.setItem('roadbed-demo-user', 'mallory');
    expect(chosenUser().name).toBe('guest');
  });

  it('keeps who was chosen, and signs in anew', async () => {
    const user = userEvent.setup();
    const onChoose = jest.fn();
    await renderInTestApp(<ViewAsItem onChoose={onChoose} />);
    await user.click(screen.getByRole('button', { name: /View as/ }));
    expect(
      screen.getByRole('menuitemradio', { checked: true }),
    ).toHaveTextContent('Guest');
    await user.click(screen.getByRole('menuitemradio', { name: /Checkout/ }));
    expect(onChoose).toHaveBeenCalledTimes(1);
    expect(chosenUser().name).toBe('fay.moreau');
  });
});
