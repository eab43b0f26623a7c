import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../../dev/FixtureApi';
import type { Situation } from '../../../dev/situations';
import { renderEntity } from '../../__testUtils__/renderEntity';
import { ClusterCard } from './ClusterCard';
import { ClusterContent } from './ClusterContent';

const open = (
  element: JSX.Element,
  options: { situation?: Situation; name?: string; pages?: boolean } = {},
) =>
  renderEntity(element, {
    api: new FixtureApi(options.situation),
    entity: `resource:default/${options.name ?? 'data-stage'}`,
    pages: options.pages,
  });

const card = () => screen.getByRole('region', { name: 'Cluster' });

describe('ClusterCard', () => {
  afterEach(() => jest.useRealTimers());

  it('says how the cluster is, what is not known of it, and why', async () => {
    await open(<ClusterCard />);
    const facts = within(card());
    expect(await facts.findByText('v1.34.1-gke.1829001')).toBeInTheDocument();
    expect(card()).toHaveTextContent('?partial');
    expect(card()).toHaveTextContent('Nodes9 of 9 ready');
    expect(card()).toHaveTextContent('Workloads88 of 88 ready');
    expect(card()).toHaveTextContent('Podsunknown');
    expect(facts.getByRole('list', { name: 'Why' })).toHaveTextContent(
      'Pods are not collected: the cluster forbids to list pods. Add the missing rule to the ClusterRole.',
    );
    expect(
      facts.getByRole('link', { name: 'Open the cluster' }),
    ).toHaveAttribute('href', '/platform/fleet/clusters/data-stage');
  });

  it('does without the link in a portal that leaves out the pages', async () => {
    await open(<ClusterCard />, { pages: false });
    expect(await screen.findByText('Nodes')).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Open the cluster' }),
    ).not.toBeInTheDocument();
  });

  it('says how to name the cluster that the portal does not know', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await open(<ClusterCard />, { name: 'mars' });
    expect(
      await screen.findByText('Roadbed knows no cluster mars'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(copied).toHaveBeenCalledWith(
      'metadata:\n  annotations:\n    roadbed.dev/cluster: "<cluster>"',
    );
  });

  it.each([
    ['forbidden', /platform\.cluster\.read/],
    ['broken', /database does not answer/],
    ['loading', /Loading/],
  ] as const)('shows that it is %s', async (situation, words) => {
    await open(<ClusterCard />, { situation });
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('keeps the last answer when a refresh fails, and says since when', async () => {
    jest.useFakeTimers();
    await open(<ClusterCard />, { situation: 'stale' });
    await screen.findByText('Nodes');
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(screen.getByRole('alert')).toHaveTextContent(
      /Could not refresh.*30 s ago/,
    );
    expect(card()).toHaveTextContent('Nodes9 of 9 ready');
  });
});

describe('ClusterContent', () => {
  it('is the page of the cluster', async () => {
    await open(<ClusterContent />);
    expect(
      await screen.findByRole('region', { name: 'Coverage' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: /data-stage/ }),
    ).toBeInTheDocument();
  });
});
