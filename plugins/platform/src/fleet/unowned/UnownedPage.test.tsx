import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../../dev/FixtureApi';
import type { Situation } from '../../../dev/situations';
import { renderPages } from '../../__testUtils__/renderPages';

const address = () => screen.getByTestId('address').textContent;
const list = () =>
  screen.findByRole('region', { name: 'Workloads without an owner' });
const tiles = async () =>
  within(await screen.findByRole('list', { name: 'Ownership' }))
    .getAllByRole('listitem')
    .map(tile => tile.textContent);

const open = (situation?: Situation, search = '') =>
  renderPages({
    api: new FixtureApi(situation),
    at: `/platform/unowned${search}`,
  });

describe('UnownedPage', () => {
  afterEach(() => jest.useRealTimers());

  it('says how much belongs to nobody, where most of it is, and how old that is', async () => {
    await open();
    await waitFor(async () =>
      expect(await tiles()).toEqual([
        expect.stringMatching(/^12 unowned workloads/),
        '91.4% of workloads have an owner128 of 140',
        expect.stringMatching(
          /^\d+ on [\w-]+, the most on one cluster[\d.]+% of those without an owner$/,
        ),
        expect.stringMatching(/^\d+ in team-\d, the most in one namespace/),
      ]),
    );
    expect(screen.getByText(/catalog read/)).toHaveTextContent('2 min ago');
  });

  it('leads from a tile to the rows that it counts', async () => {
    const user = userEvent.setup();
    await open();
    const tile = await screen.findByRole('link', {
      name: /the most in one namespace/,
    });
    await user.click(tile);
    expect(address()).toMatch(/^\/platform\/unowned\?namespace=team-\d$/);
    const count = parseInt(tile.textContent ?? '', 10);
    const rows = within(await list());
    await waitFor(() =>
      expect(rows.getAllByRole('rowheader')).toHaveLength(count),
    );
  });

  it('says for each workload what to add, to what, and whom it resembles', async () => {
    await open();
    const [first, second, third] = (
      await within(await list()).findAllByRole('rowheader')
    ).map(header => header.closest('tr')!);
    expect(first).toHaveTextContent(
      'Label the workload: backstage.io/kubernetes-id: cart',
    );
    expect(within(first).getByRole('link', { name: 'cart' })).toHaveAttribute(
      'href',
      '/catalog/default/component/cart',
    );
    expect(first).toHaveTextContent('called nearly like the workload');
    expect(second).toHaveTextContent(
      'Annotate its namespace: backstage.io/owner: component:shop/price-feed',
    );
    expect(
      within(second).getByRole('link', { name: 'Price feed' }),
    ).toHaveAttribute('href', '/catalog/shop/component/price-feed');
    expect(third).toHaveTextContent('nothing in the catalog');
    expect(third).toHaveTextContent(
      'label backstage.io/kubernetes-id=card names no entity of the catalog',
    );
  });

  it('hands out the manifest and the command, ready to be copied', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await open();
    const [how] = await within(await list()).findAllByRole('button', {
      name: 'How to add it',
    });
    await user.click(how);
    const dialog = await screen.findByRole('dialog', {
      name: 'Give service-011 an owner',
    });
    await user.click(within(dialog).getByRole('button', { name: 'Copy YAML' }));
    expect(copied).toHaveBeenLastCalledWith(
      'metadata:\n  labels:\n    backstage.io/kubernetes-id: cart',
    );
    await user.click(
      within(dialog).getByRole('button', { name: 'Copy command' }),
    );
    expect(copied).toHaveBeenLastCalledWith(
      'kubectl label deployment service-011 --namespace team-1 backstage.io/kubernetes-id=cart',
    );
  });

  it('offers the values that occur to filter by', async () => {
    const user = userEvent.setup();
    await open();
    const rows = within(await list());
    await user.click(await rows.findByRole('button', { name: 'kind' }));
    await user.click(
      await screen.findByRole('menuitemcheckbox', { name: /^Deployment/ }),
    );
    expect(address()).toBe('/platform/unowned?kind=Deployment');
  });

  it('saves what passes the filters as a file', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    const saved = jest.spyOn(api, 'exportUnownedWorkloads');
    URL.createObjectURL = jest.fn(() => 'blob:csv');
    URL.revokeObjectURL = jest.fn();
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    await renderPages({ api, at: '/platform/unowned?namespace=team-1' });
    await user.click(await screen.findByRole('button', { name: /Export CSV/ }));
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    expect(saved.mock.calls[0][0]).toEqual({
      namespace: ['team-1'],
      q: undefined,
      sort: 'name',
      order: 'asc',
    });
  });

  it('is glad when everything has an owner', async () => {
    await open('healthy');
    expect(
      await screen.findByText('Everything has an owner'),
    ).toBeInTheDocument();
  });

  it('says that nothing runs where nothing was collected', async () => {
    const api = new FixtureApi('empty');
    const summary = await api.getFleetSummary();
    jest.spyOn(api, 'getFleetSummary').mockResolvedValue({
      ...summary,
      ownership: { owned: 0, unowned: 0 },
    });
    await renderPages({ api, at: '/platform/unowned' });
    expect(await screen.findByText('No workloads yet')).toBeInTheDocument();
    expect((await tiles())[1]).toMatch(/^–/);
  });

  it('does not take unknown owners for none', async () => {
    await open('catalogNeverRead');
    expect(await screen.findByText('Not known yet')).toBeInTheDocument();
    expect((await tiles()).map(tile => tile!.slice(0, 1))).toEqual([
      '–',
      '–',
      '–',
      '–',
    ]);
  });

  it('says how old the owners are while the catalog is down', async () => {
    await open('catalogDown');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Owners are those of 24 h ago: the catalog could not be read since. The catalog answered 503 Service Unavailable',
    );
    expect(
      await within(await list()).findAllByRole('rowheader'),
    ).not.toHaveLength(0);
  });

  it('names the permission that is missing', async () => {
    await open('forbidden');
    expect(
      await screen.findByText(/needs the permission platform\.cluster\.read/),
    ).toBeInTheDocument();
  });

  it('says what broke', async () => {
    await open('broken');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database does not answer',
    );
  });

  it('says that it is loading', async () => {
    await open('loading');
    expect(screen.getByText('Loading')).toBeInTheDocument();
  });

  it('keeps the last answer when a refresh fails, and says since when', async () => {
    jest.useFakeTimers();
    await open('stale');
    await within(await list()).findAllByRole('rowheader');
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    const [page, rows] = screen.getAllByRole('alert');
    expect(page).toHaveTextContent(/Could not refresh.*30 s ago/);
    expect(rows).toHaveTextContent(/Could not refresh.*does not answer/);
    expect(within(await list()).getAllByRole('rowheader')).toHaveLength(11);
  });

  it('offers to clear the filters when nothing matches', async () => {
    const user = userEvent.setup();
    await open('mixed', '?q=nope');
    await user.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(await within(await list()).findAllByRole('rowheader')).toHaveLength(
      11,
    );
    expect(address()).toBe('/platform/unowned');
  });
});
