import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Collection } from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type CollectionsQuery } from '../api/platformApiRef';
import { useTextStyles } from '../components/colors';
import type { Column } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { formatBytes, formatCount, formatDuration } from '../components/format';
import { ListPanel } from '../components/ListPanel';
import { RelativeTime } from '../components/RelativeTime';
import { useListQuery } from '../components/useListQuery';
import { usePolled } from '../components/usePolled';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { FLEET_READ_PERMISSION } from './permissions';
import { OUTCOME_SEVERITY } from './verdicts';

const PAGE_SIZE = 15;
const REFRESH_MS = 30_000;
const OUTCOMES = ['success', 'partial', 'error'] as const;

/** The ledger of one cluster: every run of every collector, newest first. */
export const RunsTable = ({ cluster }: { cluster: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const columns = useRunColumns();
  const list = useListQuery({
    filters: ['outcome'],
    defaultSort: { column: 'started', order: 'desc' },
    prefix: 'runs.',
  });
  const { query } = list;
  const asked = {
    ...query.filters,
    cluster: [cluster],
    order: query.order,
    cursor: query.cursor,
    limit: PAGE_SIZE,
    // What the address holds is the server's to judge.
  } as CollectionsQuery;
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
      permission={FLEET_READ_PERMISSION}
      list={list}
      loaded={loaded}
      limit={PAGE_SIZE}
      columns={columns}
      rowKey={run => run.id}
      filters={[
        {
          name: 'outcome',
          label: t('cluster.runs.outcome'),
          options: OUTCOMES.map(outcome => ({
            value: outcome,
            label: t(`outcome.${outcome}`),
          })),
        },
      ]}
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
      header: t('cluster.runs.bytes'),
      numeric: true,
      render: ({ bytes }) => formatBytes(bytes),
    },
  ];
}
