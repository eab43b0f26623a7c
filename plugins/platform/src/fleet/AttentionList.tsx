import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ClusterState,
  FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/format';
import { Panel } from '../components/Panel';
import { RelativeTime } from '../components/RelativeTime';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';
import { RulePopover } from './RulePopover';
import { CLUSTER_SEVERITY } from './verdicts';

const SHOWN = 6;

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      display: 'grid',
      gridTemplateColumns: '120px minmax(0, 1fr)',
      gap: theme.spacing(0.25, 1.25),
      alignItems: 'baseline',
      padding: theme.spacing(1.125, 2),
      borderBottom: `1px solid ${theme.palette.divider}`,
      '&:last-child': { borderBottom: 0 },
    },
    words: { overflowWrap: 'anywhere' },
  }),
  { name: 'RoadbedAttentionList' },
);

/** The clusters that need somebody, worst first: why, and what to do. */
export const AttentionList = (props: {
  attention: FleetSummary['attention'];
}) => {
  const { attention } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  const links = useFleetLinks();
  const states = [...new Set<ClusterState>(attention.map(a => a.state))];
  return (
    <Panel
      title={t('fleet.attention.title')}
      aside={
        attention.length > SHOWN && (
          <Link to={links.clusters({ state: states })}>
            {t('fleet.attention.all', {
              amount: formatCount(attention.length),
            })}
          </Link>
        )
      }
    >
      {attention.length === 0 && (
        <EmptyState title={t('fleet.attention.none')}>
          {t('fleet.attention.noneText')}
        </EmptyState>
      )}
      <ul className={classes.list}>
        {attention.slice(0, SHOWN).map(({ cluster, state, reason }) => (
          <li key={cluster} className={classes.item}>
            <span>
              <VerdictChip
                severity={CLUSTER_SEVERITY[state]}
                label={t(`clusterState.${state}`)}
              />
            </span>
            <div className={classes.words}>
              <Link to={links.cluster(cluster)} underline="always">
                {cluster}
              </Link>{' '}
              {reason.message}{' '}
              {reason.remedy && (
                <div className={text.subtle}>{reason.remedy}</div>
              )}
              {reason.since && (
                <span className={text.subtle}>
                  {t('fleet.attention.since')}{' '}
                  <RelativeTime instant={reason.since} />.{' '}
                </span>
              )}
              {reason.code === 'forbidden' && <RulePopover cluster={cluster} />}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
