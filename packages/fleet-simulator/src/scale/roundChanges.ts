import type { ResourceType } from '../resources/ResourceType';
import type { ObjectChange } from '../store/ObjectSource';
import type { GeneratedObject } from './Blueprint';
import { GeneratedObjects } from './GeneratedObjects';

type ResourceName = Pick<ResourceType, 'group' | 'resource'>;

/** One object that differs; the change is written out when it is called for. */
export interface RoundChange {
  resource: ResourceName;
  change: () => ObjectChange;
}

/**
 * What differs between two revisions, resource by resource. Counting them
 * costs little.
 */
export function* changesBetween(
  objects: GeneratedObjects,
  revisions: { before: number; after: number },
): Iterable<RoundChange> {
  const { before, after } = revisions;
  for (const resource of GeneratedObjects.resources) {
    const old = new Map<string, GeneratedObject>();
    for (const object of objects.scan({ resource, revision: before })) {
      old.set(object.key, object);
    }
    for (const object of objects.scan({ resource, revision: after })) {
      const previous = old.get(object.key);
      old.delete(object.key);
      if (previous?.resourceVersion === object.resourceVersion) continue;
      if (previous?.uid === object.uid) {
        yield { resource, change: () => modified(resource, previous, object) };
        continue;
      }
      if (previous)
        yield { resource, change: () => deleted(resource, previous, after) };
      yield { resource, change: () => added(resource, object) };
    }
    for (const previous of old.values()) {
      yield { resource, change: () => deleted(resource, previous, after) };
    }
  }
}

function added(resource: ResourceName, made: GeneratedObject): ObjectChange {
  return {
    type: 'ADDED',
    resource,
    object: made.object,
    revision: Number(made.resourceVersion),
  };
}

function modified(
  resource: ResourceName,
  previous: GeneratedObject,
  made: GeneratedObject,
): ObjectChange {
  return {
    ...added(resource, made),
    type: 'MODIFIED',
    previous: previous.object,
  };
}

function deleted(
  resource: ResourceName,
  last: GeneratedObject,
  revision: number,
): ObjectChange {
  const { object } = last;
  return {
    type: 'DELETED',
    resource,
    object: {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(revision) },
    },
    previous: object,
    revision,
  };
}
