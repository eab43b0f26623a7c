import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../dev/FixtureApi';
import { renderPages } from '../__testUtils__/renderPages';

const address = () => screen.getByTestId('address').textContent;
const region = (name: string) => screen.findByRole('region', { name });

describe('ClusterPage', () => {
  afterEach(() => jest.useRealTimers());

  it('says what is known, what is not, and where each fact comes from', async () => {
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet/clusters/data-stage',
    });
    expect(
      await screen.findByRole('heading', { name: /data-stage/ }),
    ).toBeInTheDocument();
    expect(
      within(screen.getByRole('list', { name: 'Figures' }))
        .getAllByRole('listitem')
        .map(tile => tile.textContent),
    ).toEqual([
      '9 / 9 nodes readyall ready',
      '88 workloadsall ready',
      '– pods readynot collected',
      '3 / 4 collectors with dataPods missing',
    ]);
    const facts = await region('Facts');
    expect(facts).toHaveTextContent('stage from app-config');
    expect(facts).toHaveTextContent('GKE read from the cluster');
    expect(
      within(facts).getByRole('link', { name: /platform-core/ }),
    ).toHaveAttribute('href', '/catalog/default/group/platform-core');
  });

  it('shows for each collector what it has and what stands in its way', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet/clusters/data-stage',
    });
    const coverage = await region('Coverage');
    const row = (name: string) =>
      within(coverage).getByRole('row', { name: new RegExp(name) });
    expect(row('Nodes')).toHaveTextContent(/collected.*9.*every 5 min/);
    expect(row('HTTP routes')).toHaveTextContent('not served');
    expect(row('Pods')).toHaveTextContent('pods is forbidden');
    await user.click(
      within(row('Pods')).getByRole('button', { name: 'Copy the rule' }),
    );
    expect(copied).toHaveBeenCalledWith(
      '- apiGroups: [""]\n  resources: ["pods"]\n  verbs: ["list"]',
    );
  });

  it('offers all missing rules together as a ClusterRole', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet/clusters/data-stage',
    });
    const reasons = await region('Why it is partial');
    await user.click(
      within(reasons).getByRole('button', { name: 'Copy as a ClusterRole' }),
    );
    expect(copied).toHaveBeenCalledWith(
      [
        'apiVersion: rbac.authorization.k8s.io/v1',
        'kind: ClusterRole',
        'metadata:',
        '  name: roadbed-missing',
        'rules:',
        '  - apiGroups: [""]',
        '    resources: ["pods"]',
        '    verbs: ["list"]',
        '',
      ].join('\n'),
    );
  });

  it('shows who says otherwise about an attribute, and the dates of support', async () => {
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet/clusters/shop-prod-us',
    });
    const facts = await region('Facts');
    expect(facts).toHaveTextContent(
      /prod from app-config.*conflict stage from the catalog, annotation roadbed\.dev\/environment/,
    );
    expect(facts).toHaveTextContent(
      /Standard support ends: .* sources disagree; the earliest day counts/,
    );
    expect(
      within(facts).getByRole('link', { name: 'shop-prod-us' }),
    ).toHaveAttribute('href', '/catalog/default/resource/shop-prod-us');
  });

  it('collects now and says how far that has come', async () => {
    jest.useFakeTimers();
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet/clusters/shop-dev',
    });
    await user.click(
      await screen.findByRole('button', { name: 'Collect now' }),
    );
    expect(
      await screen.findByRole('progressbar', { name: 'Collection on request' }),
    ).toHaveAttribute('aria-valuetext', expect.stringContaining('of 5 lists'));
    await act(() => jest.advanceTimersByTimeAsync(8_000));
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
    expect(
      screen.getByText('5 of 5 lists were read on request.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Collect now' })).toBeEnabled();
  });

  it('says when to come again if a cluster was collected a moment ago', async () => {
    jest.useFakeTimers();
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    await renderPages({
      api: new FixtureApi('busyCollect'),
      at: '/platform/fleet/clusters/shop-dev',
    });
    await user.click(
      await screen.findByRole('button', { name: 'Collect now' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /collected on request 20 seconds ago\. Ask again from \d+:\d\d:\d\d/,
    );
    expect(screen.getByRole('button', { name: 'Collect now' })).toBeDisabled();
    await act(() => jest.advanceTimersByTimeAsync(40_000));
    expect(screen.getByRole('button', { name: 'Collect now' })).toBeEnabled();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('does not offer to collect to whom the portal does not allow it', async () => {
    await renderPages({
      api: new FixtureApi(),
      // Answers about permissions are kept for a while, per cluster.
      at: '/platform/fleet/clusters/shop-stage',
      mayCollect: false,
    });
    expect(await region('Facts')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Collect now' }),
    ).not.toBeInTheDocument();
  });

  it('names the permission if the server refuses all the same', async () => {
    const user = userEvent.setup();
    await renderPages({
      api: new FixtureApi('forbiddenCollect'),
      at: '/platform/fleet/clusters/shop-dev',
    });
    await user.click(
      await screen.findByRole('button', { name: 'Collect now' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'platform.cluster.collect',
    );
  });

  it('keeps the last data when a refresh fails', async () => {
    jest.useFakeTimers();
    await renderPages({
      api: new FixtureApi('stale'),
      at: '/platform/fleet/clusters/shop-dev',
    });
    expect(await region('Facts')).toBeInTheDocument();
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(screen.getAllByRole('alert')[0]).toHaveTextContent(
      /Could not refresh.*The database does not answer/,
    );
    expect(await region('Facts')).toBeInTheDocument();
  });

  it.each([
    ['broken', 'Could not load the cluster shop-dev'],
    ['forbidden', 'You may not see the cluster shop-dev'],
    ['loading', 'Loading'],
  ] as const)('has words for the situation %s', async (situation, words) => {
    await renderPages({
      api: new FixtureApi(situation),
      at: '/platform/fleet/clusters/shop-dev',
    });
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('pages the runs without moving the workloads', async () => {
    const user = userEvent.setup();
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet/clusters/shop-dev?status=failed',
    });
    const runs = await region('Collection runs');
    expect(await within(runs).findByText('1–15 of 20')).toBeInTheDocument();
    await user.click(within(runs).getByRole('button', { name: 'Next' }));
    expect(await within(runs).findByText('16–20 of 20')).toBeInTheDocument();
    expect(address()).toBe(
      '/platform/fleet/clusters/shop-dev?status=failed&runs.cursor=15&runs.page=2',
    );
    const workloads = await region('Workloads');
    expect(
      within(workloads).getByRole('button', {
        name: 'Remove filter status: failed',
      }),
    ).toBeInTheDocument();
    await user.click(within(runs).getByRole('button', { name: 'Previous' }));
    expect(await within(runs).findByText('1–15 of 20')).toBeInTheDocument();
    expect(address()).toBe('/platform/fleet/clusters/shop-dev?status=failed');
  });

  it('lists only the days on which something changed', async () => {
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet/clusters/shop-dev',
    });
    const history = await region('History');
    const rows = within(history)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.textContent);
    expect(rows).toHaveLength(6);
    expect(rows[0]).toContain('v1.36.0-eks-77e0c21589');
    expect(rows[5]).toContain('v1.35.9-eks-77e0c21377');
  });

  it('leads back when no cluster has this name', async () => {
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet/clusters/gone',
    });
    expect(
      await screen.findByText('No cluster is called gone'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Back to Fleet' })).toHaveAttribute(
      'href',
      '/platform/fleet',
    );
  });
});
