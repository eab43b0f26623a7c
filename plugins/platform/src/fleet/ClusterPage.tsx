import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import { useRef } from 'react';
import { useParams } from 'react-router-dom';
import { platformApiRef } from '../api/platformApiRef';
import { EmptyState } from '../components/EmptyState';
import { LoadingState } from '../components/LoadingState';
import { problemKind } from '../components/problems';
import { ProblemState } from '../components/ProblemState';
import { Stack } from '../components/Stack';
import { StaleBanner } from '../components/StaleBanner';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import { ClusterFacts } from './ClusterFacts';
import { ClusterHistory } from './ClusterHistory';
import { ClusterReasons } from './ClusterReasons';
import { ClusterTiles } from './ClusterTiles';
import { ClusterTitle } from './ClusterTitle';
import { CollectNowButton } from './CollectNowButton';
import { CollectNowNotice } from './CollectNowNotice';
import type { FleetColumns } from './columnIds';
import { CoverageTable } from './CoverageTable';
import { useFleetLinks } from './links';
import { NodePools } from './NodePools';
import { RunsTable } from './RunsTable';
import { useCollectNow } from './useCollectNow';
import { WorkloadTable } from './WorkloadTable';

const WHILE_COLLECTING_MS = 2_000;
const AT_REST_MS = 30_000;

/** Properties of {@link ClusterPage}. */
export interface ClusterPageProps {
  /** As the portal calls the cluster; by default the address says it. */
  name?: string;
  columns?: FleetColumns;
}

/** One cluster: how far its picture can be trusted, what it is, what it runs. */
export const ClusterPage = (props: ClusterPageProps) => {
  const params = useParams();
  const { name = params.name ?? '', columns } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const api = useApi(platformApiRef);
  const collecting = useRef(false);
  const { data, error, loadedAt, refresh } = usePolled({
    key: name,
    load: signal => api.getCluster({ id: name }, { signal }),
    intervalMs: cluster =>
      collecting.current || cluster?.state === 'collecting'
        ? WHILE_COLLECTING_MS
        : AT_REST_MS,
  });
  const collectNow = useCollectNow({ name, cluster: data, onQueued: refresh });
  collecting.current = collectNow.running;

  if (!data) {
    if (!error) {
      return <LoadingState rows={8} />;
    }
    return problemKind(error) === 'notFound' ? (
      <EmptyState
        title={t('cluster.notFound.title', { name })}
        action={<Link to={links.clusters()}>{t('cluster.notFound.link')}</Link>}
      >
        {t('cluster.notFound.text')}
      </EmptyState>
    ) : (
      <ProblemState
        error={error}
        permission={platformClusterReadPermission.name}
        subject={t('cluster.subject', { name })}
        onRetry={refresh}
      />
    );
  }
  return (
    <BreadcrumbEntry entry={{ label: name, href: links.cluster(name) }}>
      <Stack>
        <ClusterTitle
          cluster={data}
          action={
            data.access !== null && (
              <CollectNowButton cluster={name} state={collectNow} />
            )
          }
        />
        <CollectNowNotice state={collectNow} />
        {error && loadedAt !== undefined && (
          <StaleBanner error={error} loadedAt={loadedAt} onRetry={refresh} />
        )}
        <ClusterTiles cluster={data} />
        <ClusterReasons cluster={data} />
        <Stack split>
          <Stack>
            <NodePools pools={data.nodePools} />
            <ClusterHistory history={data.history} />
          </Stack>
          <ClusterFacts cluster={data} />
        </Stack>
        <CoverageTable coverage={data.coverage} />
        <WorkloadTable cluster={name} columns={columns?.workloads} />
        <RunsTable
          cluster={name}
          coverage={data.coverage}
          columns={columns?.runs}
        />
      </Stack>
    </BreadcrumbEntry>
  );
};
