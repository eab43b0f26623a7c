import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '../../components/EmptyState';
import { Snippet } from '../../components/Snippet';
import { platformTranslationRef } from '../../translation';
import { metadataYaml } from '../ownershipSnippets';
import { CLUSTER_ANNOTATION } from './entityFilters';

/** The portal has no cluster of this name: how to say what it is called. */
export const ClusterNotKnown = ({ name }: { name: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <EmptyState
      title={t('entity.cluster.notFound.title', { name })}
      action={
        <Snippet
          text={metadataYaml({
            field: 'annotations',
            key: CLUSTER_ANNOTATION,
            value: '<cluster>',
          })}
          copyLabel={t('entity.none.copy')}
        />
      }
    >
      {t('entity.cluster.notFound.text')}
    </EmptyState>
  );
};
