import { isError } from '@backstage/errors';
import { parseLabelSelector } from './labelSelector';
import { OWNERSHIP_ANNOTATIONS, type OwnershipEntity } from './ownershipIndex';
import type { EntityMatch } from './ownershipSchemas';
import { shortened } from './shortened';

/**
 * What of an entity selects workloads, and what of that can not be used.
 *
 * @public
 */
export function selectorsOf(
  entity: OwnershipEntity,
): Pick<EntityMatch, 'selectors' | 'problems'> {
  const { kubernetesId, labelSelector, namespace, cluster } =
    OWNERSHIP_ANNOTATIONS;
  const problems: EntityMatch['problems'] = [];
  if (entity.labelSelector) {
    try {
      parseLabelSelector(entity.labelSelector);
    } catch (error) {
      problems.push({
        annotation: labelSelector,
        value: shortened(entity.labelSelector),
        message: `The label selector can not be read and selects nothing: ${
          isError(error) ? error.message : String(error)
        }`,
      });
    }
    if (entity.kubernetesId) {
      problems.push({
        annotation: kubernetesId,
        value: shortened(entity.kubernetesId),
        message: `Has no effect: ${labelSelector} replaces it, as in the Kubernetes plugin; remove one of the two`,
      });
    }
  }
  const ignored = problems.map(({ annotation }) => annotation);
  return {
    selectors: [
      { annotation: kubernetesId, value: entity.kubernetesId },
      { annotation: labelSelector, value: entity.labelSelector },
      { annotation: namespace, value: entity.namespace },
      { annotation: cluster, value: entity.cluster },
    ].flatMap(({ annotation, value }) =>
      value && !ignored.includes(annotation) ? { annotation, value } : [],
    ),
    problems,
  };
}
