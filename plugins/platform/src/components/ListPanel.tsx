import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import type { ReactNode } from 'react';
import { platformTranslationRef } from '../translation';
import { DataTable, type Column } from './DataTable';
import { EmptyState } from './EmptyState';
import { ExportButton } from './ExportButton';
import { FilterBar } from './FilterBar';
import type { FilterDefinition } from './FilterMenu';
import { formatCount } from './format';
import { LoadingState } from './LoadingState';
import { Notice } from './Notice';
import { Pager } from './Pager';
import { Panel } from './Panel';
import { ProblemState } from './ProblemState';
import { problemMessage } from './problems';
import { StaleBanner } from './StaleBanner';
import { useExport, type ExportDefinition } from './useExport';
import type { ListQueryState } from './useListQuery';
import type { Polled } from './usePolled';
import { VisuallyHidden } from './VisuallyHidden';

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
  /** How all its rows are saved as a file. */
  csv: ExportDefinition;
  /** What to show when there is nothing at all, filters aside. */
  empty: ReactNode;
}

/** A list with its filters, sort, pages and every state it can be in. */
export function ListPanel<Row>(props: ListPanelProps<Row>) {
  const { title, subject, permission, list, loaded, limit, columns } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const { data, error, pending, loadedAt, refresh } = loaded;
  const { query } = list;
  const csv = useExport(props.csv);
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
  const first = (query.page - 1) * limit + 1;
  const range = t('pager.range', {
    first: formatCount(first),
    last: formatCount(first + rows.length - 1),
    total: formatCount(data?.totalItems ?? 0),
  });
  // Says to screen readers what a filter, a sort or a new page has led to.
  const status =
    rows.length > 0 && !pending ? t('list.status', { title, range }) : '';
  return (
    <Panel
      title={title}
      aside={
        <FilterBar
          list={list}
          filters={props.filters}
          searchLabel={props.searchLabel}
          action={<ExportButton title={title} state={csv} />}
        />
      }
    >
      <VisuallyHidden role="status">{status}</VisuallyHidden>
      {csv.error && (
        <Notice
          action={
            <Button size="small" color="inherit" onClick={csv.dismiss}>
              {t('export.dismiss')}
            </Button>
          }
        >
          {t('export.failed', { title })} {problemMessage(csv.error)}
        </Notice>
      )}
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
          range={range}
          page={query.page}
          nextCursor={data.pageInfo.nextCursor}
          previousCursor={data.pageInfo.previousCursor}
          goTo={list.goTo}
        />
      )}
    </Panel>
  );
}
