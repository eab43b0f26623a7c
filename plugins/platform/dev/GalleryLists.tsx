import { EmptyState } from '../src/components/EmptyState';
import { ListPanel } from '../src/components/ListPanel';
import type { ListQueryState } from '../src/components/useListQuery';
import type { Polled } from '../src/components/usePolled';

const nothing = () => {};

interface Row {
  name: string;
}
type Page = Polled<{ items: Row[]; pageInfo: object; totalItems: number }>;

const rows = (names: string[]) => ({
  items: names.map(name => ({ name })),
  pageInfo: {},
  totalItems: names.length,
});

const outage = new Error('The database does not answer');

/** A list's answer in each state that it can be in. */
const STATES: Record<string, Omit<Page, 'refresh'>> = {
  'with rows': { data: rows(['shop-prod-eu', 'pay-prod']), pending: false },
  'waiting for the next rows': { data: rows(['shop-prod-eu']), pending: true },
  loading: { pending: true },
  empty: { data: rows([]), pending: false },
  broken: { error: outage, pending: true },
  stale: {
    data: rows(['shop-prod-eu']),
    error: outage,
    loadedAt: Date.now() - 90_000,
    pending: false,
  },
};

function listOf(filters: Record<string, string[]>): ListQueryState {
  return {
    query: { filters, search: '', sort: 'name', order: 'asc', page: 1 },
    setFilter: nothing,
    setSearch: nothing,
    toggleSort: nothing,
    goTo: nothing,
    clear: nothing,
  };
}

const List = (props: {
  state: string;
  loaded: Omit<Page, 'refresh'>;
  filters?: Record<string, string[]>;
}) => (
  <ListPanel
    title={`ListPanel: ${props.state}`}
    subject="the clusters"
    permission="platform.cluster.read"
    list={listOf(props.filters ?? {})}
    loaded={{ ...props.loaded, refresh: nothing }}
    limit={50}
    columns={[
      {
        id: 'name',
        header: 'Cluster',
        sort: 'name',
        render: ({ name }: Row) => name,
      },
    ]}
    rowKey={({ name }) => name}
    filters={[
      {
        name: 'state',
        label: 'state',
        options: [
          { value: 'fresh', label: 'fresh', count: 8 },
          { value: 'stale', label: 'stale', count: 1 },
        ],
      },
      { name: 'owner', label: 'failed filter', options: [], error: outage },
      { name: 'ring', label: 'loading filter', options: [], loading: true },
    ]}
    searchLabel="Search"
    csv={{ fileName: 'gallery', load: () => Promise.reject(outage) }}
    empty={<EmptyState title="Nothing yet">What to do next</EmptyState>}
  />
);

/** The frame of every list, in each of its states. */
export const GalleryLists = () => (
  <>
    {Object.entries(STATES).map(([state, loaded]) => (
      <List key={state} state={state} loaded={loaded} />
    ))}
    <List
      state="nothing matches"
      loaded={STATES.empty}
      filters={{ state: ['stale'] }}
    />
  </>
);
