import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { act, screen, within } from '@testing-library/react';
import { FixtureApi } from '../../../dev/FixtureApi';
import type { Situation } from '../../../dev/situations';
import { platformApiRef } from '../../api/platformApiRef';
import { rootRouteRef } from '../../routes';
import { FleetHomeCard } from './FleetHomeCard';

const open = (
  situation?: Situation,
  mountedRoutes: Record<string, typeof rootRouteRef> = {
    '/platform': rootRouteRef,
  },
) =>
  renderInTestApp(
    <TestApiProvider apis={[[platformApiRef, new FixtureApi(situation)]]}>
      <FleetHomeCard />
    </TestApiProvider>,
    { mountedRoutes },
  );

describe('FleetHomeCard', () => {
  afterEach(() => jest.useRealTimers());

  it('counts the clusters by state and names the worst five', async () => {
    await open();
    expect(
      within(await screen.findByRole('list', { name: 'Clusters by state' }))
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      '●1 no access',
      '▲1 two names',
      '●1 unreachable',
      '▲1 stale',
      '?1 partial',
      '✓5 fresh',
    ]);
    expect(screen.getByRole('link', { name: 'lab' })).toHaveAttribute(
      'href',
      '/platform/fleet/clusters/lab',
    );
    expect(screen.getByText(/did not answer within 10 s/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open Fleet' })).toHaveAttribute(
      'href',
      '/platform/fleet',
    );
    expect(screen.getByText(/10 clusters/)).toHaveTextContent('newest data');
  });

  it('has nothing to say about a healthy fleet', async () => {
    await open('healthy');
    expect(
      await screen.findByText(/Every cluster is fresh/),
    ).toBeInTheDocument();
  });

  it('does without links in a portal that leaves out the pages', async () => {
    await open('mixed', {});
    expect(await screen.findByText('lab')).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('says what to do when there is no cluster', async () => {
    await open('empty');
    expect(await screen.findByText('No clusters yet')).toBeInTheDocument();
  });

  it.each([
    ['forbidden', /platform\.cluster\.read/],
    ['broken', /database does not answer/],
    ['loading', /Loading/],
  ] as const)('shows that it is %s', async (situation, words) => {
    await open(situation);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('keeps the last answer when a refresh fails, and says since when', async () => {
    jest.useFakeTimers();
    await open('stale');
    await screen.findByText('lab');
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(screen.getByRole('alert')).toHaveTextContent(
      /Could not refresh.*30 s ago/,
    );
    expect(screen.getByText('lab')).toBeInTheDocument();
  });
});
