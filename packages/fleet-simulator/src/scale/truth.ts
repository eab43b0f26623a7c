import type { KubernetesObject } from '../kubernetes';
import type { ResourceType } from '../resources/ResourceType';

/** What a collector should have understood of an object, in the words of its resource. */
export type Facts = Record<string, unknown>;

/** An object as an inventory of its cluster must have it. */
export interface TrueObject {
  group: string;
  resource: string;
  namespace: string | null;
  name: string;
  uid: string;
  resourceVersion: string;
  fields: Facts;
}

/** The truth of an object that is kept whole. */
export function truthOfStored(
  object: KubernetesObject,
  { group, resource }: Pick<ResourceType, 'group' | 'resource'>,
): TrueObject {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return {
    group,
    resource,
    namespace: namespace ?? null,
    name: name!,
    uid: uid!,
    resourceVersion: resourceVersion!,
    fields: factsOf(object),
  };
}

/** The facts that an object shows. */
export function factsOf(object: KubernetesObject): Facts {
  const { spec = {}, status = {} } = object as any;
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
      return {
        replicas: spec.replicas,
        readyReplicas: status.readyReplicas ?? 0,
        images: imagesOf(spec.template.spec),
      };
    case 'DaemonSet':
      return {
        replicas: status.desiredNumberScheduled,
        readyReplicas: status.numberReady,
        images: imagesOf(spec.template.spec),
      };
    case 'CronJob':
      return {
        images: imagesOf(spec.jobTemplate.spec.template.spec),
        schedule: spec.schedule,
      };
    case 'Pod':
      return {
        phase: status.phase,
        ready: conditionOf(status, 'Ready') === 'True',
        restarts: status.containerStatuses?.[0].restartCount ?? 0,
        images: imagesOf(spec),
      };
    case 'Node':
      return {
        ready: conditionOf(status, 'Ready') === 'True',
        kubeletVersion: status.nodeInfo.kubeletVersion,
      };
    default:
      return { phase: status.phase };
  }
}

function imagesOf(podSpec: any): string[] {
  return podSpec.containers.map((container: any) => container.image);
}

function conditionOf(status: any, type: string): string | undefined {
  return status.conditions?.find((condition: any) => condition.type === type)
    ?.status;
}
