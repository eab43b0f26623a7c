import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { platformClusterCollectPermission } from '@roadbed/backstage-plugin-platform-common';
import { DateTime } from 'luxon';
import { useTextStyles } from '../components/colors';
import { formatCount } from '../components/format';
import { Notice } from '../components/Notice';
import { problemKind, problemMessage } from '../components/problems';
import { platformTranslationRef } from '../translation';
import type { CollectNow } from './useCollectNow';

const useStyles = makeStyles(
  { bar: { height: 6, borderRadius: 3, marginTop: 4 } },
  { name: 'RoadbedCollectNowNotice' },
);

/** How far a collection that was asked for has come, or why it was refused. */
export const CollectNowNotice = ({ state }: { state: CollectNow }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  const { error, retryAt, progress, running } = state;
  if (error) {
    return (
      <Notice>
        {problemKind(error) === 'forbidden'
          ? t('cluster.collect.forbidden', {
              permission: platformClusterCollectPermission.name,
            })
          : problemMessage(error)}
        {retryAt !== undefined && (
          <>
            {'. '}
            {t('cluster.collect.retryAt', {
              time: DateTime.fromMillis(retryAt).toLocaleString(
                DateTime.TIME_WITH_SECONDS,
              ),
            })}
          </>
        )}
      </Notice>
    );
  }
  if (!progress) {
    return null;
  }
  const { done, queued, skipped } = progress;
  const words = [
    t(running ? 'cluster.collect.progress' : 'cluster.collect.done', {
      done: formatCount(done),
      queued: formatCount(queued),
    }),
    skipped > 0 &&
      t('cluster.collect.skipped', { amount: formatCount(skipped) }),
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div role="status" className={text.subtle}>
      {words}
      {running && (
        <LinearProgress
          variant="determinate"
          className={classes.bar}
          value={queued === 0 ? 100 : (100 * done) / queued}
          aria-label={t('cluster.collect.label')}
          aria-valuetext={words}
        />
      )}
    </div>
  );
};
