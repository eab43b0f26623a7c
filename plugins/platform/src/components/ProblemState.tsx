import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { platformTranslationRef } from '../translation';
import { ForbiddenState } from './ForbiddenState';
import { problemKind, problemMessage } from './problems';
import { StateMessage } from './StateMessage';

/** Properties of {@link ProblemState}. */
export interface ProblemStateProps {
  error: Error;
  /** The permission the caller needs, should that be the cause. */
  permission: string;
  /** What could not be had, such as "the clusters". */
  subject: string;
  onRetry: () => void;
}

/**
 * What broke, when there is no earlier answer to show. With one, keep showing
 * it under a `StaleBanner` instead.
 */
export const ProblemState = (props: ProblemStateProps) => {
  const { error, permission, subject, onRetry } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  if (problemKind(error) === 'forbidden') {
    return <ForbiddenState permission={permission} subject={subject} />;
  }
  return (
    <StateMessage
      role="alert"
      title={t('state.error.title', { subject })}
      action={
        <Button size="small" variant="outlined" onClick={onRetry}>
          {t('state.error.retry')}
        </Button>
      }
    >
      {problemMessage(error)}
    </StateMessage>
  );
};
