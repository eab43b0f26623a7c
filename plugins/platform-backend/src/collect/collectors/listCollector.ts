import type { JsonObject } from '@backstage/types';
import type {
  CollectorResource,
  KubernetesObject,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import { observed, withCommon } from './metadata';

/**
 * A collector of whole objects of one namespaced resource, named after it: one
 * row per object, what all documents say and what `doc` adds.
 */
export function listCollector(options: {
  resource: Omit<CollectorResource, 'namespaced'>;
  title: string;
  minutes: number;
  doc(object: KubernetesObject): JsonObject;
}): ListCollector {
  const { resource, title, minutes, doc } = options;
  return {
    type: 'list',
    id: resource.resource,
    title,
    cadence: { minutes },
    resource: { ...resource, namespaced: true },
    verbs: ['list'],
    body: 'full',
    project: object => observed(object, withCommon(object, doc(object))),
  };
}
