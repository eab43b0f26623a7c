import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { platformTranslationRef } from '../translation';
import { Notice } from './Notice';
import { problemMessage } from './problems';
import { RelativeTime } from './RelativeTime';

/** Properties of {@link StaleBanner}. */
export interface StaleBannerProps {
  /** Why the newest attempt failed. */
  error: Error;
  /** When what is shown arrived, milliseconds since the epoch. */
  loadedAt: number;
  onRetry: () => void;
}

/** Says that what is shown is the last good answer, how old it is, and why. */
export const StaleBanner = ({ error, loadedAt, onRetry }: StaleBannerProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <Notice
      action={
        <Button size="small" color="inherit" onClick={onRetry}>
          {t('state.error.retry')}
        </Button>
      }
    >
      {t('state.stale.title')}{' '}
      <RelativeTime instant={new Date(loadedAt).toISOString()} />
      {'. '}
      {problemMessage(error)}
    </Notice>
  );
};
