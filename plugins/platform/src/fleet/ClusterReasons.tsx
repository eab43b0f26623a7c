import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ClusterDetail } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { Panel } from '../components/Panel';
import { RelativeTime } from '../components/RelativeTime';
import { platformTranslationRef } from '../translation';
import { missingRules } from './clusterRole';
import { ClusterRoleRule } from './ClusterRoleRule';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      padding: theme.spacing(1.5, 2, 1.5, 4),
      overflowWrap: 'anywhere',
    },
    rule: { padding: theme.spacing(0, 2, 2) },
  }),
  { name: 'RoadbedClusterReasons' },
);

/** Why a cluster is in a state that is not fresh, and what to do about it. */
export const ClusterReasons = ({ cluster }: { cluster: ClusterDetail }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  const rules = missingRules(cluster.coverage);
  if (cluster.reasons.length === 0) {
    return null;
  }
  return (
    <Panel
      title={t('cluster.reasons.title', {
        state: t(`clusterState.${cluster.state}`),
      })}
    >
      <ul className={classes.list}>
        {cluster.reasons.map(reason => (
          <li key={`${reason.code} ${reason.collector ?? ''}`}>
            {reason.message}{' '}
            <span className={text.subtle}>
              {reason.remedy}
              {reason.since && (
                <>
                  {' '}
                  {t('cluster.reasons.since')}{' '}
                  <RelativeTime instant={reason.since} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {rules.length > 0 && (
        <div className={classes.rule}>
          <p>{t('cluster.reasons.rule')}</p>
          <ClusterRoleRule rules={rules} />
        </div>
      )}
    </Panel>
  );
};
