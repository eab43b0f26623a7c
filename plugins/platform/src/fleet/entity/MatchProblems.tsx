import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityMatch } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../../components/colors';
import { Notice } from '../../components/Notice';
import { platformTranslationRef } from '../../translation';

/** The annotations of the entity that can not be used, what they say, and why. */
export const MatchProblems = ({ match }: { match: EntityMatch }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  return (
    <>
      {match.problems.map(({ annotation, value, message }) => (
        <Notice key={annotation}>
          {t('entity.match.problem', { annotation, message })}{' '}
          {t('entity.match.value')}{' '}
          <span className={text.mono} style={{ whiteSpace: 'pre-wrap' }}>
            {value}
          </span>
        </Notice>
      ))}
    </>
  );
};
