import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../dev/FixtureApi';
import { clusters, summaryOf } from '../../dev/fixtures';
import { renderPages } from '../__testUtils__/renderPages';

const address = () => screen.getByTestId('address').textContent;
const table = () => screen.findByRole('region', { name: 'Clusters' });

async function rowNames(): Promise<string[]> {
  const headers = await within(await table()).findAllByRole('rowheader');
  return headers.map(header => header.textContent ?? '');
}

describe('FleetPage', () => {
  afterEach(() => jest.useRealTimers());

  it('says how much there is, how fresh it is, and what is wrong', async () => {
    await renderPages({ api: new FixtureApi(), at: '/platform/fleet' });
    const tiles = await screen.findByRole('list', { name: 'Verdicts' });
    expect(
      within(tiles)
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['1 cluster unreachable', '/platform/fleet?state=unreachable#clusters'],
      [
        '2 clusters with gaps',
        '/platform/fleet?state=stale&state=partial&state=missing#clusters',
      ],
      [
        '5 out of support or soon',
        '/platform/fleet?support=unsupported&support=extended&support=ending_soon#clusters',
      ],
      [
        '6 workloads not ready',
        '/platform/workloads?status=failed&status=not_ready',
      ],
      ['12 unowned workloads', '/platform/unowned'],
    ]);
    expect(tiles).toHaveTextContent(
      '2 unsupported, 1 extended, 2 ending soon, 2 unknown',
    );
    expect(tiles).toHaveTextContent('8.6% of 140');
    const title = screen.getByRole('heading', { name: 'Fleet' }).parentElement!;
    expect(title).toHaveTextContent(
      /10 clusters · 1,284 workloads · newest data \d+ (s|min) ago, oldest 5 h ago/,
    );
  });

  it('puts newer minors above older ones and unknown last', async () => {
    await renderPages({ api: new FixtureApi(), at: '/platform/fleet' });
    const matrix = await screen.findByRole('region', {
      name: 'Versions by environment',
    });
    expect(
      (await within(matrix).findAllByRole('rowheader')).map(
        header => header.textContent,
      ),
    ).toEqual(['1.36', '1.35', '1.34', '1.33', '1.31', 'unknown']);
    expect(
      within(matrix)
        .getAllByRole('columnheader')
        .map(header => header.textContent),
    ).toEqual(['Minor', 'dev', 'stage', 'prod', 'no environment', 'Clusters']);
    expect(
      within(matrix).getByRole('link', { name: 'edge-prod, unreachable' }),
    ).toHaveAttribute('href', '/platform/fleet/clusters/edge-prod');
  });

  it('names the reason and remedy, and shows the RBAC rule to copy', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await renderPages({ api: new FixtureApi(), at: '/platform/fleet' });
    expect(
      await screen.findByText(/the cluster forbids to list pods\./, {
        selector: 'li div',
      }),
    ).toHaveTextContent('Add the missing rule to the ClusterRole.');
    await user.click(screen.getByRole('button', { name: /Show the rule/ }));
    await user.click(
      await screen.findByRole('button', { name: 'Copy the rule' }),
    );
    expect(copied).toHaveBeenCalledWith(
      '- apiGroups: [""]\n  resources: ["pods"]\n  verbs: ["list"]',
    );
    expect(await screen.findByText('Copied')).toBeInTheDocument();
  });

  it('says why a version counts as supported or not', async () => {
    const user = userEvent.setup();
    await renderPages({ api: new FixtureApi(), at: '/platform/fleet' });
    await rowNames();
    const row = within(await table()).getByRole('row', {
      name: /shop-prod-us/,
    });
    expect(row).toHaveTextContent(/ending soon.*until.*sources disagree/);
    const why = within(row).getByRole('button', {
      name: 'Why: Support of shop-prod-us',
    });
    await user.click(why);
    const dialog = await screen.findByRole('dialog', {
      name: 'Support of shop-prod-us',
    });
    expect(await within(dialog).findAllByRole('link')).toHaveLength(2);
    expect(dialog).toHaveTextContent('the earliest day counts');
    expect(dialog).toHaveTextContent('Extended support is on by default');
    expect(dialog).toHaveTextContent(/Calendar: Amazon EKS, read on .*2\d{3}/);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(why).toHaveFocus());
  });

  it('does not know what the catalog has not said', async () => {
    await renderPages({
      api: new FixtureApi('catalogNeverRead'),
      at: '/platform/fleet',
    });
    expect(
      await screen.findByRole('link', { name: '– owners unknown' }),
    ).toBeInTheDocument();
  });

  it('shows the columns that the portal wants, in its order', async () => {
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet',
      columns: { clusters: ['state', 'version'] },
    });
    expect(
      within(await table())
        .getAllByRole('columnheader')
        .map(header => header.textContent),
    ).toEqual(['Cluster ↑', 'State', 'Version']);
  });

  it('saves all rows that pass the filters as CSV', async () => {
    const user = userEvent.setup();
    const saved = jest.spyOn(HTMLAnchorElement.prototype, 'click');
    const blobs = jest.fn().mockReturnValue('blob:csv');
    Object.assign(URL, { createObjectURL: blobs, revokeObjectURL: jest.fn() });
    const api = new FixtureApi();
    const load = jest.spyOn(api, 'exportClusters');
    await renderPages({ api, at: '/platform/fleet?environment=dev' });
    await rowNames();
    const button = screen.getByRole('button', { name: 'Export CSV: Clusters' });
    await user.click(button);
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    expect((saved.mock.contexts[0] as HTMLAnchorElement).download).toMatch(
      /^clusters-\d{4}-\d\d-\d\d\.csv$/,
    );
    expect(load.mock.calls[0][0]).toEqual({
      environment: ['dev'],
      q: undefined,
      sort: 'name',
      order: 'asc',
    });

    load.mockRejectedValue(new Error('The database does not answer'));
    await user.click(button);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Clusters could not be exported. The database does not answer',
    );
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('takes filters from the address and puts them back there', async () => {
    const user = userEvent.setup();
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/fleet?environment=prod&state=fresh&other=kept',
    });
    expect(await rowNames()).toEqual([
      'legacy-prod',
      'shop-prod-eu',
      'shop-prod-us',
    ]);
    await user.click(
      screen.getByRole('button', { name: 'Remove filter state: fresh' }),
    );
    await waitFor(async () => expect(await rowNames()).toHaveLength(5));
    expect(address()).toBe('/platform/fleet?environment=prod&other=kept');

    await user.click(screen.getByRole('button', { name: 'version' }));
    await user.click(
      await screen.findByRole('menuitemcheckbox', { name: /^1\.33/ }),
    );
    await user.keyboard('{Escape}');
    await waitFor(async () =>
      expect(await rowNames()).toEqual(['edge-prod', 'pay-prod']),
    );
    expect(address()).toContain('minor=1.33');
  });

  it('counts the values of a filter on the server, once it is opened', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    const facets = jest.spyOn(api, 'getClusterFacets');
    await renderPages({ api, at: '/platform/fleet?environment=prod&q=prod' });
    await rowNames();
    expect(facets).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'provider' }));
    expect(
      (await screen.findAllByRole('menuitemcheckbox')).map(i => i.textContent),
    ).toEqual(['EKS2', 'on-prem2', 'AKS1']);
    expect(facets).toHaveBeenCalledWith(
      { environment: ['prod'], q: 'prod' },
      expect.anything(),
    );
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'provider' })).toHaveFocus(),
    );
  });

  it('says why the values of a filter are not there', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    jest
      .spyOn(api, 'getClusterFacets')
      .mockRejectedValueOnce(new Error('The database does not answer'));
    await renderPages({ api, at: '/platform/fleet' });
    await user.click(await screen.findByRole('button', { name: 'ring' }));
    expect(
      await screen.findByRole('menuitem', {
        name: /could not be read: The database does not answer/,
      }),
    ).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await user.click(await screen.findByRole('button', { name: 'ring' }));
    expect(
      await screen.findByRole('menuitemcheckbox', { name: /^unknown/ }),
    ).toBeInTheDocument();
  });

  it('searches once typing has paused', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    const list = jest.spyOn(api, 'listClusters');
    await renderPages({ api, at: '/platform/fleet' });
    await rowNames();
    await user.type(
      screen.getByRole('searchbox', { name: /Search clusters/ }),
      'legacy',
    );
    await waitFor(async () =>
      expect(await rowNames()).toEqual(['legacy-prod']),
    );
    expect(list.mock.calls.map(([query]) => query?.q)).toEqual([
      undefined,
      'legacy',
    ]);
  });

  it('sorts on the server and says so to screen readers', async () => {
    const user = userEvent.setup();
    await renderPages({ api: new FixtureApi(), at: '/platform/fleet' });
    await rowNames();
    const header = () =>
      within(screen.getByRole('region', { name: 'Clusters' })).getByRole(
        'columnheader',
        { name: /Version/ },
      );
    expect(header()).toHaveAttribute('aria-sort', 'none');
    await user.click(within(header()).getByRole('button'));
    await waitFor(() =>
      expect(header()).toHaveAttribute('aria-sort', 'ascending'),
    );
    await user.click(within(header()).getByRole('button'));
    await waitFor(async () => expect((await rowNames())[0]).toBe('shop-dev'));
    expect(header()).toHaveAttribute('aria-sort', 'descending');
    expect(address()).toBe('/platform/fleet?sort=version&order=desc');
  });

  it('offers to clear the filters when nothing matches', async () => {
    const user = userEvent.setup();
    await renderPages({ api: new FixtureApi(), at: '/platform/fleet?q=nope' });
    await user.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(await rowNames()).toHaveLength(10);
    expect(address()).toBe('/platform/fleet');
  });

  it('shows the progress of the first collection until it is over', async () => {
    jest.useFakeTimers();
    const api = new FixtureApi('collecting');
    await renderPages({ api, at: '/platform/fleet' });
    const bar = await screen.findByRole('progressbar');
    expect(bar).toHaveAttribute('aria-valuenow', '44');
    expect(
      screen.getByText(
        '4 of 10 clusters · 61 of 140 lists · 12,840 objects so far',
      ),
    ).toBeInTheDocument();

    const summary = jest
      .spyOn(api, 'getFleetSummary')
      .mockResolvedValue(summaryOf(clusters));
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(summary).toHaveBeenCalledTimes(1);
  });

  it('keeps the last data when a refresh fails, and says since when', async () => {
    jest.useFakeTimers();
    const api = new FixtureApi();
    await renderPages({ api, at: '/platform/fleet' });
    await rowNames();
    jest
      .spyOn(api, 'getFleetSummary')
      .mockRejectedValue(new Error('The database does not answer'));
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(screen.getByRole('alert')).toHaveTextContent(
      /Could not refresh.*30 s ago.*The database does not answer/,
    );
    expect(await rowNames()).toHaveLength(10);
  });

  it('says what broke when there is nothing to keep, and tries again', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi('broken');
    await renderPages({ api, at: '/platform/fleet' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load the fleet',
    );
    expect(screen.getByRole('alert')).toHaveTextContent(
      'The database does not answer',
    );
    jest.spyOn(api, 'getFleetSummary').mockResolvedValue(summaryOf(clusters));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('list', { name: 'Verdicts' }),
    ).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    await renderPages({
      api: new FixtureApi('forbidden'),
      at: '/platform/fleet',
    });
    expect(
      await screen.findByText(/needs the permission platform\.cluster\.read/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('says what to do when there is no cluster', async () => {
    await renderPages({ api: new FixtureApi('empty'), at: '/platform/fleet' });
    expect(await screen.findByText('No clusters yet')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /How to configure clusters/ }),
    ).toBeInTheDocument();
  });

  it('has nothing to say about a healthy fleet', async () => {
    await renderPages({
      api: new FixtureApi('healthy'),
      at: '/platform/fleet',
    });
    expect(await screen.findByText('Nothing does')).toBeInTheDocument();
    expect(screen.getByText('every cluster answers')).toBeInTheDocument();
  });

  it('leads to a cluster with the keyboard alone', async () => {
    const user = userEvent.setup();
    await renderPages({ api: new FixtureApi(), at: '/platform/fleet' });
    await rowNames();
    const region = await table();
    const link = within(region).getByRole('link', { name: 'data-stage' });
    screen.getByRole('searchbox').focus();
    for (
      let steps = 0;
      steps < 20 && document.activeElement !== link;
      steps++
    ) {
      await user.tab();
    }
    expect(link).toHaveFocus();
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(address()).toBe('/platform/fleet/clusters/data-stage'),
    );
  });
});
