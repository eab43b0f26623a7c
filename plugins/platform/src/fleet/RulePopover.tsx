import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { platformApiRef } from '../api/platformApiRef';
import { LoadingState } from '../components/LoadingState';
import { ProblemState } from '../components/ProblemState';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import { missingRules } from './clusterRole';
import { ClusterRoleRule } from './ClusterRoleRule';
import { FLEET_READ_PERMISSION } from './permissions';

const RELOAD_MS = 30_000;

const useStyles = makeStyles(
  theme => ({
    button: {
      font: 'inherit',
      color: theme.palette.primary.main,
      '&:hover, &:focus-visible': { textDecoration: 'underline' },
    },
    body: { padding: theme.spacing(2), maxWidth: 480 },
  }),
  { name: 'RoadbedRulePopover' },
);

const MissingRules = ({ cluster }: { cluster: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const { data, error, refresh } = usePolled({
    key: cluster,
    load: signal => api.getCluster({ id: cluster }, { signal }),
    intervalMs: () => RELOAD_MS,
  });
  if (data) {
    return <ClusterRoleRule rules={missingRules(data.coverage)} />;
  }
  return error ? (
    <ProblemState
      error={error}
      permission={FLEET_READ_PERMISSION}
      subject={t('cluster.subject', { name: cluster })}
      onRetry={refresh}
    />
  ) : (
    <LoadingState rows={3} />
  );
};

/** The RBAC rules a cluster denies to Roadbed, ready to be copied. */
export const RulePopover = ({ cluster }: { cluster: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const title = t('fleet.rule.title', { cluster });
  return (
    <>
      <ButtonBase
        disableRipple
        className={classes.button}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('fleet.rule.show')}
      </ButtonBase>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        PaperProps={{ role: 'dialog', 'aria-label': title }}
      >
        <div className={classes.body}>
          <p>{title}</p>
          <MissingRules cluster={cluster} />
        </div>
      </Popover>
    </>
  );
};
