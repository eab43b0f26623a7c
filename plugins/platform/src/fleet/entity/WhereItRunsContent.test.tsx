import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../../dev/FixtureApi';
import type { Situation } from '../../../dev/situations';
import { renderEntity } from '../../__testUtils__/renderEntity';
import { WhereItRunsContent } from './WhereItRunsContent';

const address = () => screen.getByTestId('address').textContent;

const open = (options: {
  situation?: Situation;
  entity?: string;
  search?: string;
  api?: FixtureApi;
}) =>
  renderEntity(<WhereItRunsContent />, {
    api: options.api ?? new FixtureApi(options.situation),
    entity: options.entity ?? 'component:default/cart',
    search: options.search,
  });

const region = (name: string) => screen.findByRole('region', { name });
const names = async (name: string) =>
  (await within(await region(name)).findAllByRole('rowheader')).map(
    header => header.textContent,
  );
const headers = async () =>
  within(await region('Workloads'))
    .getAllByRole('columnheader')
    .map(header => header.textContent);

describe('WhereItRunsContent', () => {
  it('shows the clusters, all workloads, and how they were found', async () => {
    await open({});
    expect(await names('Clusters')).toEqual([
      'shop-prod-eu',
      'shop-prod-us',
      'edge-prod',
      'data-stage',
      'shop-dev',
    ]);
    const edge = within(await region('Clusters'))
      .getByRole('rowheader', { name: 'edge-prod' })
      .closest('tr')!;
    expect(edge).toHaveTextContent(/prod.*5 h ago.*unreachable.*14 times/);
    expect(await names('Workloads')).toHaveLength(6);
    expect(
      screen.getByText(
        /^5 clusters · 6 workloads · 1 not ready · catalog read/,
      ),
    ).toBeInTheDocument();
    expect(await region('How its workloads are found')).toHaveTextContent(
      /backstage\.io\/kubernetes-id: cart.*label backstage\.io\/kubernetes-id=cart/,
    );
    expect(await headers()).not.toContain('Belongs to');
  });

  it('narrows the list by the clusters that it runs on', async () => {
    const user = userEvent.setup();
    await open({});
    const list = within(await region('Workloads'));
    await user.click(await list.findByRole('button', { name: 'cluster' }));
    expect(
      (await screen.findAllByRole('menuitemcheckbox')).map(o => o.textContent),
    ).toEqual([
      'shop-prod-eu',
      'shop-prod-us',
      'edge-prod',
      'data-stage',
      'shop-dev',
    ]);
    await user.click(
      screen.getByRole('menuitemcheckbox', { name: 'shop-dev' }),
    );
    await user.keyboard('{Escape}');
    await waitFor(() => expect(list.getAllByRole('rowheader')).toHaveLength(1));
    expect(address()).toBe('/entity?cluster=shop-dev');
    expect(await names('Clusters')).toHaveLength(5);
  });

  it('pages what a group owns on the server, with whom it belongs to', async () => {
    await open({
      entity: 'group:default/team-shop',
      search: '?cursor=50&page=2',
    });
    const list = await region('Workloads');
    expect(await within(list).findByText(/^51–100 of /)).toBeInTheDocument();
    expect(await headers()).toContain('Belongs to');
    expect(await region('How its workloads are found')).toHaveTextContent(
      'Workloads of the entities that team-shop owns',
    );
  });

  it('leaves out the cluster where it is the same in every row', async () => {
    await open({ entity: 'resource:default/shop-prod-eu' });
    expect(await names('Workloads')).not.toHaveLength(0);
    expect(await headers()).not.toContain('Cluster');
  });

  it('saves what passes the filters as a file', async () => {
    const user = userEvent.setup();
    const api = new FixtureApi();
    const saved = jest.spyOn(api, 'exportEntityWorkloads');
    URL.createObjectURL = jest.fn(() => 'blob:csv');
    URL.revokeObjectURL = jest.fn();
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    await open({ api, search: '?status=not_ready' });
    await user.click(await screen.findByRole('button', { name: /Export CSV/ }));
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    expect(saved.mock.calls[0].slice(0, 2)).toEqual([
      { kind: 'component', namespace: 'default', name: 'cart' },
      { status: ['not_ready'], q: undefined, sort: 'status', order: 'asc' },
    ]);
  });

  it('says what to write when it runs nowhere', async () => {
    await open({ entity: 'component:default/docs' });
    expect(
      await screen.findByText(/Add this to its catalog-info\.yaml/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Clusters' })).toBeNull();
  });

  it('does not take unknown for nowhere', async () => {
    await open({ situation: 'catalogNeverRead' });
    expect(await screen.findByText('Not known yet')).toBeInTheDocument();
  });

  it('shows a broken selector', async () => {
    await open({ entity: 'component:default/search' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'backstage.io/kubernetes-label-selector can not be used',
    );
  });

  it('says that the entity is gone', async () => {
    await open({ entity: 'component:default/old' });
    expect(
      await screen.findByText(
        'The catalog has no component:default/old any more',
      ),
    ).toBeInTheDocument();
  });

  it.each([
    ['forbidden', /platform\.cluster\.read/],
    ['broken', /database does not answer/],
    ['loading', /Loading/],
  ] as const)('shows that it is %s', async (situation, words) => {
    await open({ situation });
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('offers to clear the filters when nothing matches', async () => {
    const user = userEvent.setup();
    await open({ search: '?q=nope' });
    await user.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(await names('Workloads')).toHaveLength(6);
  });

  it('says what the server refused about the address', async () => {
    const api = new FixtureApi();
    jest
      .spyOn(api, 'listEntityWorkloads')
      .mockRejectedValue(
        new Error('Query parameter "status": expected one of'),
      );
    await open({ api, search: '?status=bogus' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Query parameter "status"',
    );
  });
});
