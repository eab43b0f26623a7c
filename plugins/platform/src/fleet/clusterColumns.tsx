import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Cluster } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { Copyable } from '../components/Copyable';
import type { Column } from '../components/DataTable';
import { formatCount } from '../components/format';
import { RelativeTime } from '../components/RelativeTime';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';
import { EntityLink } from './EntityLink';
import { SupportChip } from './SupportChip';
import { CLUSTER_SEVERITY } from './verdicts';

/** What is not known is a dash, never a zero. */
const UNKNOWN = '–';

const TwoLines = (props: { first?: string; second?: string }) => {
  const text = useTextStyles();
  return (
    <>
      {props.first ?? UNKNOWN}
      {props.second && (
        <div className={`${text.subtle} ${text.small}`}>{props.second}</div>
      )}
    </>
  );
};

const PartReady = (props: { total: number; notReady: number }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  return (
    <>
      {formatCount(props.total)}
      {props.notReady > 0 && (
        <div className={`${text.subtle} ${text.small}`}>
          {t('fleet.clusters.notReady', {
            amount: formatCount(props.notReady),
          })}
        </div>
      )}
    </>
  );
};

/** The columns of the cluster list. */
export function useClusterColumns(): Array<Column<Cluster>> {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const text = useTextStyles();
  return [
    {
      id: 'name',
      header: t('fleet.clusters.name'),
      sort: 'name',
      render: ({ name, title }) => (
        <>
          <Link to={links.cluster(name)}>{name}</Link>
          {title && title !== name && (
            <span className={text.subtle}> {title}</span>
          )}
        </>
      ),
    },
    {
      id: 'environment',
      foldBelow: 760,
      header: t('fleet.clusters.environment'),
      noWrap: true,
      render: ({ attributes: { environment, ring } }) => (
        <TwoLines
          first={environment?.value}
          second={ring && t('fleet.clusters.ring', { ring: ring.value })}
        />
      ),
    },
    {
      id: 'provider',
      foldBelow: 1000,
      header: t('fleet.clusters.provider'),
      noWrap: true,
      render: ({ attributes: { provider, region } }) => (
        <TwoLines first={provider?.value} second={region?.value} />
      ),
    },
    {
      id: 'version',
      foldBelow: 760,
      header: t('fleet.clusters.version'),
      sort: 'version',
      render: ({ version }) =>
        version ? (
          <Copyable text={version.gitVersion}>
            <span className={text.mono}>
              {version.gitVersion}
              {version.emulated && (
                <span className={text.subtle}>
                  {' '}
                  {t('fleet.clusters.emulated', { minor: version.minor })}
                </span>
              )}
            </span>
          </Copyable>
        ) : (
          UNKNOWN
        ),
    },
    {
      id: 'support',
      header: t('fleet.clusters.support'),
      sort: 'support',
      render: ({ name, support }) => (
        <SupportChip cluster={name} support={support} />
      ),
    },
    {
      id: 'nodes',
      foldBelow: 1000,
      header: t('fleet.clusters.nodes'),
      sort: 'nodes',
      numeric: true,
      render: ({ nodes }) =>
        nodes ? (
          <PartReady total={nodes.total} notReady={nodes.total - nodes.ready} />
        ) : (
          UNKNOWN
        ),
    },
    {
      id: 'workloads',
      foldBelow: 1000,
      header: t('fleet.clusters.workloads'),
      sort: 'workloads',
      numeric: true,
      render: ({ name, workloads }) =>
        workloads ? (
          <Link to={links.workloads({ cluster: name })} color="inherit">
            <PartReady {...workloads} />
          </Link>
        ) : (
          UNKNOWN
        ),
    },
    {
      id: 'pods',
      foldBelow: 1000,
      header: t('fleet.clusters.pods'),
      numeric: true,
      render: ({ pods }) =>
        pods
          ? `${formatCount(pods.ready)} / ${formatCount(pods.total)}`
          : UNKNOWN,
    },
    {
      id: 'owner',
      foldBelow: 1000,
      header: t('fleet.clusters.owner'),
      noWrap: true,
      render: ({ attributes: { owner } }) =>
        owner ? <EntityLink entityRef={owner.value} kind="group" /> : UNKNOWN,
    },
    {
      id: 'data',
      foldBelow: 1000,
      header: t('fleet.clusters.data'),
      sort: 'oldestDataAt',
      render: ({ oldestDataAt }) => (
        <span className={text.subtle}>
          <RelativeTime instant={oldestDataAt} />
        </span>
      ),
    },
    {
      id: 'state',
      header: t('fleet.clusters.state'),
      sort: 'state',
      render: ({ state, oldestDataAt }) => (
        <>
          <VerdictChip
            severity={CLUSTER_SEVERITY[state]}
            label={t(`clusterState.${state}`)}
          />
          {oldestDataAt && (
            <div className={`${text.subtle} ${text.small}`}>
              {t('fleet.clusters.dataAge')}{' '}
              <RelativeTime instant={oldestDataAt} />
            </div>
          )}
        </>
      ),
    },
  ];
}
