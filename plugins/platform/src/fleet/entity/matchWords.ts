import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformTranslationRef } from '../../translation';
import type { EntityWorkloads } from './useEntityWorkloads';

/** What matched workloads of a page to the entity, without repetition. */
export function matchedRules({ items, entityRef }: EntityWorkloads): string[] {
  return [
    ...new Set(
      items.flatMap(({ owners }) =>
        owners
          .filter(owner => owner.entityRef === entityRef)
          .map(({ detail }) => detail),
      ),
    ),
  ];
}

/** How the workloads of an entity are found, in a few words. */
export function useMatchWords() {
  const { t } = useTranslationRef(platformTranslationRef);
  return (data: EntityWorkloads, name: string): string => {
    const { through } = data.match;
    return through === 'entity'
      ? t('entity.match.by', { rules: matchedRules(data).join(', ') })
      : t(`entity.match.throughShort.${through}`, { name });
  };
}
