import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  platformClusterReadPermission,
  type FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef } from '../api/platformApiRef';
import { LoadingState } from '../components/LoadingState';
import { PageTitle } from '../components/PageTitle';
import { ProblemState } from '../components/ProblemState';
import { Stack } from '../components/Stack';
import { StaleBanner } from '../components/StaleBanner';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import { AttentionList } from './AttentionList';
import { ClusterListBanner } from './ClusterListBanner';
import { ClusterTable } from './ClusterTable';
import type { FleetColumns } from './columnIds';
import { FirstCollection } from './FirstCollection';
import { FleetFreshness } from './FleetFreshness';
import { FleetTiles } from './FleetTiles';
import { NoClusters } from './NoClusters';
import { pollEvery } from './pollEvery';
import { VersionMatrix } from './VersionMatrix';

/** Properties of {@link FleetPage}. */
export interface FleetPageProps {
  columns?: FleetColumns;
}

const Fleet = (props: FleetPageProps & { summary: FleetSummary }) => {
  const { summary, columns } = props;
  if (summary.clusters.total === 0) {
    return (
      <>
        <ClusterListBanner list={summary.clusterList} />
        <NoClusters />
      </>
    );
  }
  return (
    <>
      <ClusterListBanner list={summary.clusterList} />
      {summary.firstCollection && (
        <FirstCollection progress={summary.firstCollection} />
      )}
      <FleetTiles summary={summary} />
      <Stack split>
        <VersionMatrix summary={summary} />
        <AttentionList attention={summary.attention} />
      </Stack>
      <ClusterTable summary={summary} columns={columns?.clusters} />
    </>
  );
};

/** Is the fleet well, which versions does it run, and what needs somebody? */
export const FleetPage = ({ columns }: FleetPageProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const summary = usePolled({
    key: 'summary',
    load: signal => api.getFleetSummary({ signal }),
    intervalMs: pollEvery,
  });
  const { data, error, loadedAt, refresh } = summary;
  return (
    <Stack>
      <PageTitle
        title={t('fleet.title')}
        summary={data && <FleetFreshness summary={data} />}
      />
      {error && loadedAt !== undefined && (
        <StaleBanner error={error} loadedAt={loadedAt} onRetry={refresh} />
      )}
      {error && !data && (
        <ProblemState
          error={error}
          permission={platformClusterReadPermission.name}
          subject={t('fleet.subject')}
          onRetry={refresh}
        />
      )}
      {!error && !data && <LoadingState rows={8} />}
      {data && <Fleet summary={data} columns={columns} />}
    </Stack>
  );
};
