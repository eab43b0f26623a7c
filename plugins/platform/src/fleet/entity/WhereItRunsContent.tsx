import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';
import {
  platformApiRef,
  type EntityWorkloadsQuery,
} from '../../api/platformApiRef';
import { EmptyState } from '../../components/EmptyState';
import { ListPanel } from '../../components/ListPanel';
import { PageTitle } from '../../components/PageTitle';
import { problemKind } from '../../components/problems';
import { Stack } from '../../components/Stack';
import { useListQuery } from '../../components/useListQuery';
import { platformTranslationRef } from '../../translation';
import { CatalogNotice } from '../CatalogNotice';
import { CatalogUnknown } from '../CatalogUnknown';
import { useWorkloadColumns } from '../workloadColumns';
import { EntityClusterTable } from './EntityClusterTable';
import { EntityGone } from './EntityGone';
import {
  ENTITY_WORKLOAD_FILTERS,
  useEntityWorkloadFilters,
} from './entityWorkloadFilters';
import { MatchPanel } from './MatchPanel';
import { MatchProblems } from './MatchProblems';
import { RunsNowhere } from './RunsNowhere';
import { useEntityParams, useEntityWorkloads } from './useEntityWorkloads';
import { WhereItRunsSummary } from './WhereItRunsSummary';

const PAGE_SIZE = 50;

const Content = () => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const { params, entityRef, label } = useEntityParams();
  const list = useListQuery({
    filters: ENTITY_WORKLOAD_FILTERS,
    defaultSort: { column: 'status', order: 'asc' },
  });
  const { query } = list;
  const sorted = {
    ...query.filters,
    q: query.search || undefined,
    sort: query.sort,
    order: query.order,
  };
  // What the address holds is the server's to judge.
  const asked = {
    ...sorted,
    cursor: query.cursor,
    limit: PAGE_SIZE,
  } as EntityWorkloadsQuery;
  const loaded = useEntityWorkloads(asked);
  const { data, error } = loaded;
  const filters = useEntityWorkloadFilters(data?.clusters ?? []);
  const through = data?.match.through;
  const columns = useWorkloadColumns().filter(
    ({ id }) =>
      // What is the same in every row says nothing.
      !(id === 'owner' && through === 'entity') &&
      !(id === 'cluster' && through === 'cluster'),
  );

  if (!data && error && problemKind(error) === 'notFound') {
    return <EntityGone entityRef={entityRef} />;
  }
  if (data && data.catalogIndex.asOf === null) {
    return <CatalogUnknown index={data.catalogIndex} />;
  }
  const nowhere = data?.totals.workloads === 0;
  return (
    <Stack>
      <PageTitle
        title={t('entity.whereItRuns.title')}
        summary={data && <WhereItRunsSummary data={data} />}
      />
      {data && <CatalogNotice index={data.catalogIndex} />}
      {data && <MatchProblems match={data.match} />}
      {data && !nowhere && (
        <Stack split>
          <EntityClusterTable data={data} />
          <MatchPanel data={data} />
        </Stack>
      )}
      <ListPanel
        title={t('workloads.title')}
        subject={t('entity.whereItRuns.subject', { name: label })}
        permission={platformClusterReadPermission.name}
        list={list}
        loaded={loaded}
        limit={PAGE_SIZE}
        columns={columns}
        rowKey={workload => workload.id}
        filters={filters}
        searchLabel={t('workloads.search')}
        csv={{
          fileName: `workloads-of-${params.name}`,
          load: options =>
            api.exportEntityWorkloads(
              params,
              sorted as EntityWorkloadsQuery,
              options,
            ),
        }}
        empty={
          nowhere ? (
            <RunsNowhere match={data.match} />
          ) : (
            <EmptyState title={t('workloads.empty')}>
              {t('workloads.emptyText')}
            </EmptyState>
          )
        }
      />
    </Stack>
  );
};

/** All of where the entity of the page runs, and how that is known. */
export const WhereItRunsContent = () => {
  const { entityRef } = useEntityParams();
  // Nothing of another entity may stay when the page turns to this one.
  return <Content key={entityRef} />;
};
