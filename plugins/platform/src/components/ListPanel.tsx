import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import type { ReactNode } from 'react';
import { platformTranslationRef } from '../translation';
import { DataTable, type Column } from './DataTable';
import { EmptyState } from './EmptyState';
import { FilterBar } from './FilterBar';
import type { FilterDefinition } from './FilterMenu';
import { LoadingState } from './LoadingState';
import { Pager } from './Pager';
import { Panel } from './Panel';
import { ProblemState } from './ProblemState';
import { StaleBanner } from './StaleBanner';
import type { ListQueryState } from './useListQuery';
import type { Polled } from './usePolled';

/** A page of rows as every list route answers it. */
export interface RowsPage<Row> {
  items: Row[];
  pageInfo: { nextCursor?: string; previousCursor?: string };
  totalItems: number;
}

/** Properties of {@link ListPanel}. */
export interface ListPanelProps<Row> {
  title: string;
  /** What the rows are, in the sentence of a failure: "the clusters". */
  subject: string;
  permission: string;
  list: ListQueryState;
  loaded: Polled<RowsPage<Row>>;
  /** Rows per page. */
  limit: number;
  columns: Array<Column<Row>>;
  rowKey: (row: Row) => string;
  filters: FilterDefinition[];
  searchLabel?: string;
  /** What to show when there is nothing at all, filters aside. */
  empty: ReactNode;
}

/** A list with its filters, sort, pages and every state it can be in. */
export function ListPanel<Row>(props: ListPanelProps<Row>) {
  const { title, subject, permission, list, loaded, limit, columns } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const { data, error, pending, loadedAt, refresh } = loaded;
  const { query } = list;
  const narrowed = Object.keys(query.filters).length > 0 || query.search !== '';

  const placeholder = () => {
    if (error && (!data || pending)) {
      return (
        <ProblemState
          error={error}
          permission={permission}
          subject={subject}
          onRetry={refresh}
        />
      );
    }
    if (!data) {
      return <LoadingState />;
    }
    if (data.items.length > 0) {
      return undefined;
    }
    return narrowed ? (
      <EmptyState
        title={t('state.noMatch.title')}
        action={
          <Button size="small" variant="outlined" onClick={list.clear}>
            {t('filter.clear')}
          </Button>
        }
      >
        {t('state.noMatch.text')}
      </EmptyState>
    ) : (
      props.empty
    );
  };

  const failed = Boolean(error && pending);
  const rows = failed ? [] : data?.items ?? [];
  return (
    <Panel
      title={title}
      aside={
        <FilterBar
          list={list}
          filters={props.filters}
          searchLabel={props.searchLabel}
        />
      }
    >
      {error && data && !pending && loadedAt !== undefined && (
        <StaleBanner error={error} loadedAt={loadedAt} onRetry={refresh} />
      )}
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        rowKey={props.rowKey}
        pending={pending}
        placeholder={placeholder()}
        sort={{ by: query.sort, order: query.order, toggle: list.toggleSort }}
      />
      {data && rows.length > 0 && (
        <Pager
          page={query.page}
          limit={limit}
          shown={rows.length}
          total={data.totalItems}
          nextCursor={data.pageInfo.nextCursor}
          previousCursor={data.pageInfo.previousCursor}
          goTo={list.goTo}
        />
      )}
    </Panel>
  );
}
