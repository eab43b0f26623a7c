import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  platformClusterReadPermission,
  type ClusterDetail,
} from '@roadbed/backstage-plugin-platform-common';
import { makeStyles } from '@material-ui/core/styles';
import { platformApiRef } from '../../api/platformApiRef';
import { Copyable } from '../../components/Copyable';
import { formatCount } from '../../components/format';
import { LoadingState } from '../../components/LoadingState';
import { Panel } from '../../components/Panel';
import { PanelFooter } from '../../components/PanelFooter';
import { ProblemState } from '../../components/ProblemState';
import { problemKind } from '../../components/problems';
import { StaleBanner } from '../../components/StaleBanner';
import { useOptionalRouteRef } from '../../components/useOptionalRouteRef';
import { usePolled } from '../../components/usePolled';
import { VerdictChip } from '../../components/VerdictChip';
import { clusterRouteRef } from '../../routes';
import { platformTranslationRef } from '../../translation';
import { CLUSTER_SEVERITY } from '../verdicts';
import { ClusterFigures } from './ClusterFigures';
import { ClusterNotKnown } from './ClusterNotKnown';
import { clusterNameOf } from './entityFilters';

const REFRESH_MS = 30_000;

/** Reasons that a card has room for. */
const SHOWN = 5;

const useStyles = makeStyles(
  theme => ({
    reasons: {
      margin: 0,
      padding: theme.spacing(0, 2, 1.5, 4),
      fontSize: '0.875rem',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RoadbedClusterCard' },
);

const Reasons = ({ reasons }: Pick<ClusterDetail, 'reasons'>) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const more = reasons.length - SHOWN;
  return reasons.length === 0 ? null : (
    <ul className={classes.reasons} aria-label={t('entity.cluster.reasons')}>
      {reasons.slice(0, SHOWN).map(({ code, collector, message, remedy }) => (
        <li key={`${code} ${collector ?? ''}`}>
          {message} {remedy}
        </li>
      ))}
      {more > 0 && (
        <li>{t('entity.cluster.more', { amount: formatCount(more) })}</li>
      )}
    </ul>
  );
};

const Card = ({ name }: { name: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const page = useOptionalRouteRef(clusterRouteRef);
  const { data, error, loadedAt, refresh } = usePolled({
    key: name,
    load: signal => api.getCluster({ id: name }, { signal }),
    intervalMs: () => REFRESH_MS,
  });
  const placeholder = () => {
    if (!error) {
      return <LoadingState rows={4} />;
    }
    return problemKind(error) === 'notFound' ? (
      <ClusterNotKnown name={name} />
    ) : (
      <ProblemState
        error={error}
        permission={platformClusterReadPermission.name}
        subject={t('cluster.subject', { name })}
        onRetry={refresh}
      />
    );
  };
  return (
    <Panel
      title={t('entity.cluster.title')}
      aside={
        data && (
          <VerdictChip
            severity={CLUSTER_SEVERITY[data.state]}
            label={t(`clusterState.${data.state}`)}
          />
        )
      }
    >
      {error && data && loadedAt !== undefined && (
        <StaleBanner error={error} loadedAt={loadedAt} onRetry={refresh} />
      )}
      {data ? (
        <>
          <ClusterFigures cluster={data} />
          <Reasons reasons={data.reasons} />
          <PanelFooter
            link={
              page && (
                <Link to={page({ name })}>{t('entity.cluster.open')}</Link>
              )
            }
          >
            <Copyable text={name} />
          </PanelFooter>
        </>
      ) : (
        placeholder()
      )}
    </Panel>
  );
};

/** The cluster that the resource of the page stands for, in one glance. */
export const ClusterCard = () => {
  const name = clusterNameOf(useEntity().entity);
  return <Card key={name} name={name} />;
};
