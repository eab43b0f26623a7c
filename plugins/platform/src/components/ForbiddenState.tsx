import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformTranslationRef } from '../translation';
import { StateMessage } from './StateMessage';

/** Properties of {@link ForbiddenState}. */
export interface ForbiddenStateProps {
  /** The name of the permission, such as `platform.cluster.read`. */
  permission: string;
  /** What may not be seen, such as "the clusters". */
  subject: string;
}

/** The caller may not see this; names the permission to ask for. */
export const ForbiddenState = (props: ForbiddenStateProps) => {
  const { permission, subject } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <StateMessage title={t('state.forbidden.title', { subject })}>
      {t('state.forbidden.text', { permission })}
    </StateMessage>
  );
};
