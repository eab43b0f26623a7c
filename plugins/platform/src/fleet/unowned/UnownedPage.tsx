import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef } from '../../api/platformApiRef';
import { LoadingState } from '../../components/LoadingState';
import { PageTitle } from '../../components/PageTitle';
import { ProblemState } from '../../components/ProblemState';
import { RelativeTime } from '../../components/RelativeTime';
import { Stack } from '../../components/Stack';
import { StaleBanner } from '../../components/StaleBanner';
import { usePolled } from '../../components/usePolled';
import { platformTranslationRef } from '../../translation';
import { CatalogNotice } from '../CatalogNotice';
import type { FleetColumns } from '../columnIds';
import { UnownedTable } from './UnownedTable';
import { UnownedTiles } from './UnownedTiles';

const REFRESH_MS = 30_000;

/** Properties of {@link UnownedPage}. */
export interface UnownedPageProps {
  columns?: FleetColumns['unowned'];
}

/** What belongs to nobody, and what would change that? */
export const UnownedPage = ({ columns }: UnownedPageProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const { data, error, loadedAt, refresh } = usePolled({
    key: 'summary',
    load: signal => api.getFleetSummary({ signal }),
    intervalMs: () => REFRESH_MS,
  });
  return (
    <Stack>
      <PageTitle
        title={t('unowned.title')}
        summary={
          <>
            {t('unowned.question')}
            {data && data.catalogIndex.asOf !== null && (
              <>
                {' · '}
                {t('unowned.catalogRead')}{' '}
                <RelativeTime instant={data.catalogIndex.asOf} />
              </>
            )}
          </>
        }
      />
      {error && data && loadedAt !== undefined && (
        <StaleBanner error={error} loadedAt={loadedAt} onRetry={refresh} />
      )}
      {error && !data && (
        <ProblemState
          error={error}
          permission={platformClusterReadPermission.name}
          subject={t('unowned.subject')}
          onRetry={refresh}
        />
      )}
      {!error && !data && <LoadingState rows={8} />}
      {data && (
        <>
          <CatalogNotice index={data.catalogIndex} />
          <UnownedTiles summary={data} />
          <UnownedTable summary={data} columns={columns} />
        </>
      )}
    </Stack>
  );
};
