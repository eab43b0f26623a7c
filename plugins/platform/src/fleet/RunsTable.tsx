import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  platformClusterReadPermission,
  type Collection,
  type Coverage,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type CollectionsQuery } from '../api/platformApiRef';
import { useTextStyles } from '../components/colors';
import { selectColumns, type Column } from '../components/Column';
import { EmptyState } from '../components/EmptyState';
import { formatBytes, formatCount, formatDuration } from '../components/format';
import { ListPanel } from '../components/ListPanel';
import { RelativeTime } from '../components/RelativeTime';
import { useListQuery } from '../components/useListQuery';
import { usePolled } from '../components/usePolled';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import type { FleetColumns } from './columnIds';
import { OUTCOME_SEVERITY } from './verdicts';

const PAGE_SIZE = 15;
const REFRESH_MS = 30_000;
const OUTCOMES = ['success', 'partial', 'error'] as const;

/** Properties of {@link RunsTable}. */
export interface RunsTableProps {
  cluster: string;
  /** The collectors that runs can be filtered by. */
  coverage: Coverage[];
  columns?: FleetColumns['runs'];
}

/** The ledger of one cluster: every run of every collector, newest first. */
export const RunsTable = ({ cluster, coverage, columns }: RunsTableProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const shown = selectColumns(useRunColumns(), columns);
  const list = useListQuery({
    filters: ['collector', 'outcome'],
    defaultSort: { column: 'started', order: 'desc' },
    prefix: 'runs.',
  });
  const { query } = list;
  // What the address holds is the server's to judge.
  const sorted = {
    ...query.filters,
    cluster: [cluster],
    order: query.order,
  } as CollectionsQuery;
  const asked = { ...sorted, cursor: query.cursor, limit: PAGE_SIZE };
  const loaded = usePolled({
    key: JSON.stringify(asked),
    load: signal => api.listCollections(asked, { signal }),
    intervalMs: () => REFRESH_MS,
    keepPrevious: true,
  });
  return (
    <ListPanel
      title={t('cluster.runs.title')}
      subject={t('cluster.runs.subject')}
      permission={platformClusterReadPermission.name}
      list={list}
      loaded={loaded}
      limit={PAGE_SIZE}
      columns={shown}
      rowKey={run => run.id}
      filters={[
        {
          name: 'collector',
          label: t('cluster.runs.collector'),
          options: coverage.map(({ collector, title }) => ({
            value: collector,
            label: title,
          })),
        },
        {
          name: 'outcome',
          label: t('cluster.runs.outcome'),
          options: OUTCOMES.map(outcome => ({
            value: outcome,
            label: t(`outcome.${outcome}`),
          })),
        },
      ]}
      csv={{
        fileName: `collection-runs-${cluster}`,
        load: options => api.exportCollections(sorted, options),
      }}
      empty={
        <EmptyState title={t('cluster.runs.empty')}>
          {t('cluster.runs.emptyText')}
        </EmptyState>
      }
    />
  );
};

function useRunColumns(): Array<Column<Collection>> {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  return [
    {
      id: 'collector',
      header: t('cluster.runs.collector'),
      render: ({ collector }) => collector,
    },
    {
      id: 'outcome',
      header: t('cluster.runs.outcome'),
      render: ({ outcome, message }) => (
        <>
          <VerdictChip
            severity={OUTCOME_SEVERITY[outcome]}
            label={t(`outcome.${outcome}`)}
          />
          {message && (
            <div className={`${text.subtle} ${text.small}`}>{message}</div>
          )}
        </>
      ),
    },
    {
      id: 'started',
      header: t('cluster.runs.started'),
      sort: 'started',
      render: ({ startedAt }) => <RelativeTime instant={startedAt} />,
    },
    {
      id: 'duration',
      foldBelow: 640,
      header: t('cluster.runs.duration'),
      numeric: true,
      render: ({ durationMs }) => formatDuration(durationMs),
    },
    {
      id: 'objects',
      header: t('cluster.runs.objects'),
      numeric: true,
      render: ({ objects }) => formatCount(objects),
    },
    {
      id: 'changes',
      foldBelow: 760,
      header: t('cluster.runs.changes'),
      numeric: true,
      render: ({ upserted, deleted }) =>
        t('cluster.runs.changed', {
          upserted: formatCount(upserted),
          deleted: formatCount(deleted),
        }),
    },
    {
      id: 'bytes',
      foldBelow: 760,
      header: t('cluster.runs.bytes'),
      numeric: true,
      render: ({ bytes }) => formatBytes(bytes),
    },
  ];
}
