import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../../components/colors';
import { DataTable } from '../../components/DataTable';
import { formatCount } from '../../components/format';
import { LoadingState } from '../../components/LoadingState';
import { Panel } from '../../components/Panel';
import { PanelFooter } from '../../components/PanelFooter';
import { ProblemState } from '../../components/ProblemState';
import { problemKind } from '../../components/problems';
import { StaleBanner } from '../../components/StaleBanner';
import { useOptionalRouteRef } from '../../components/useOptionalRouteRef';
import { entityWhereItRunsRouteRef } from '../../routes';
import { platformTranslationRef } from '../../translation';
import { CatalogNotice } from '../CatalogNotice';
import { CatalogUnknown } from '../CatalogUnknown';
import { EntityGone } from './EntityGone';
import { useMatchWords } from './matchWords';
import { MatchProblems } from './MatchProblems';
import { RunsNowhere } from './RunsNowhere';
import {
  useEntityParams,
  useEntityWorkloads,
  type EntityWorkloads,
} from './useEntityWorkloads';
import { useWhereItRunsColumns } from './whereItRunsColumns';

/** Rows that a card has room for. */
const SHOWN = 5;

/** More than are shown, so that an image can be told to lag behind others. */
const READ = 50;

const Clusters = ({ data }: { data: EntityWorkloads }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  const { clusters, notReady } = data.totals;
  return (
    <span className={`${text.subtle} ${text.small}`}>
      {[
        t('entity.whereItRuns.clusterCount', { count: clusters }),
        notReady > 0 &&
          t('entity.whereItRuns.notReady', { amount: formatCount(notReady) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
};

const Workloads = ({ data }: { data: EntityWorkloads }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const columns = useWhereItRunsColumns(data.items);
  const details = useOptionalRouteRef(entityWhereItRunsRouteRef);
  const matchWords = useMatchWords();
  const { label } = useEntityParams();
  const { workloads } = data.totals;
  return (
    <>
      <DataTable
        label={t('entity.whereItRuns.title')}
        columns={columns}
        rows={data.items.slice(0, SHOWN)}
        rowKey={({ id }) => id}
      />
      <PanelFooter
        link={
          details && (
            <Link to={details()}>
              {workloads > SHOWN
                ? t('entity.whereItRuns.all', {
                    amount: formatCount(workloads),
                  })
                : t('entity.whereItRuns.open')}
            </Link>
          )
        }
      >
        {matchWords(data, label)}
      </PanelFooter>
    </>
  );
};

/** What there is to show of an answer. */
const Answer = ({ data }: { data: EntityWorkloads }) => {
  if (data.catalogIndex.asOf === null) {
    return <CatalogUnknown index={data.catalogIndex} />;
  }
  return (
    <>
      <CatalogNotice index={data.catalogIndex} />
      <MatchProblems match={data.match} />
      {data.totals.workloads === 0 ? (
        <RunsNowhere match={data.match} />
      ) : (
        <Workloads data={data} />
      )}
    </>
  );
};

const Card = () => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { label, entityRef } = useEntityParams();
  const { data, error, loadedAt, refresh } = useEntityWorkloads({
    sort: 'status',
    limit: READ,
  });
  const problem = () =>
    error && problemKind(error) === 'notFound' ? (
      <EntityGone entityRef={entityRef} />
    ) : (
      error && (
        <ProblemState
          error={error}
          permission={platformClusterReadPermission.name}
          subject={t('entity.whereItRuns.subject', { name: label })}
          onRetry={refresh}
        />
      )
    );
  return (
    <Panel
      title={t('entity.whereItRuns.title')}
      aside={
        data && data.totals.workloads > 0 ? <Clusters data={data} /> : undefined
      }
    >
      {error && data && loadedAt !== undefined && (
        <StaleBanner error={error} loadedAt={loadedAt} onRetry={refresh} />
      )}
      {data && <Answer data={data} />}
      {!data && (problem() ?? <LoadingState rows={4} />)}
    </Panel>
  );
};

/**
 * Where the entity of the page runs, the worst first.
 *
 * @remarks
 * Also answers for groups and users (through what they own), for systems
 * (through their parts) and for clusters (what runs on them).
 */
export const WhereItRunsCard = () => {
  const { entityRef } = useEntityParams();
  // Nothing of another entity may stay when the page turns to this one.
  return <Card key={entityRef} />;
};
