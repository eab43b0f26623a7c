import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { platformClusterCollectPermission } from '@roadbed/backstage-plugin-platform-common';
import { platformTranslationRef } from '../translation';
import type { CollectNow } from './useCollectNow';

const useStyles = makeStyles(
  { button: { textTransform: 'none', whiteSpace: 'nowrap' } },
  { name: 'RoadbedCollectNowButton' },
);

/** Properties of {@link CollectNowButton}. */
export interface CollectNowButtonProps {
  cluster: string;
  state: CollectNow;
}

/** Has a cluster collected now; only shown to whom the portal allows it. */
export const CollectNowButton = (props: CollectNowButtonProps) => {
  const { cluster, state } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const { allowed } = usePermission({
    permission: platformClusterCollectPermission,
    resourceRef: cluster,
  });
  if (!allowed) {
    return null;
  }
  const busy = state.asking || state.running;
  return (
    <Tooltip title={t('cluster.collect.what', { cluster })}>
      {/* A disabled button has no hover; the words must be there all the same. */}
      <span>
        <Button
          size="small"
          variant="outlined"
          color="primary"
          className={classes.button}
          disabled={busy || state.retryAt !== undefined}
          onClick={state.start}
        >
          {t(busy ? 'cluster.collect.running' : 'cluster.collect.button')}
        </Button>
      </span>
    </Tooltip>
  );
};
