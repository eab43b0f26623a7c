import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../dev/FixtureApi';
import { renderPages } from '../__testUtils__/renderPages';

const address = () => screen.getByTestId('address').textContent;
const region = (name: string) => screen.findByRole('region', { name });

describe('ClusterPage', () => {
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
