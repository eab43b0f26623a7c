import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useTextStyles } from '../components/colors';
import { CopyButton } from '../components/CopyButton';
import { platformTranslationRef } from '../translation';
import {
  toClusterRole,
  toClusterRoleRules,
  type MissingRule,
} from './clusterRole';

const useStyles = makeStyles(
  theme => ({
    code: {
      margin: theme.spacing(0, 0, 1),
      padding: theme.spacing(1),
      overflowX: 'auto',
      whiteSpace: 'pre',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 4,
    },
    buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  }),
  { name: 'RoadbedClusterRoleRule' },
);

/** RBAC rules as YAML, to be copied as they are or as a ClusterRole of their own. */
export const ClusterRoleRule = ({ rules }: { rules: MissingRule[] }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  if (rules.length === 0) {
    return <p>{t('fleet.rule.none')}</p>;
  }
  const yaml = toClusterRoleRules(rules);
  return (
    <>
      <pre
        className={`${classes.code} ${text.mono}`}
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {yaml}
      </pre>
      <div className={classes.buttons}>
        <CopyButton
          text={yaml}
          label={t('fleet.rule.copy', { count: rules.length })}
        />
        <CopyButton
          text={toClusterRole(rules)}
          label={t('fleet.rule.copyRole')}
        />
      </div>
    </>
  );
};
