import type { OwnershipFacts } from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import {
  ownableObject,
  parentOf,
  readOwnable,
  type OwnableRow,
} from './ownableObjects';

/** Longer chains than this are no chains of owners but a mistake. */
const MAX_DEPTH = 10;

/**
 * The object at the root of each object's ownerReferences, by the object's
 * key, followed as far as objects were collected.
 *
 * @param options.kinds - which collector brings which kind
 */
export async function rootOwners(
  db: Knex | Knex.Transaction,
  options: {
    clusterId: number;
    clusterName: string;
    kinds: ReadonlyMap<string, string>;
    objects: readonly OwnableRow[];
  },
): Promise<Map<string, OwnershipFacts['root']>> {
  const { clusterId, clusterName, kinds, objects } = options;
  const known = new Map<string, OwnableRow | undefined>();
  const collectorOf = (object: OwnableRow) =>
    kinds.get(parentOf(object)?.kind ?? '');
  let level = [...objects];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const wanted = new Set<string>();
    const collectors = new Set<string>();
    for (const object of level) {
      const uid = parentOf(object)?.uid;
      const collector = collectorOf(object);
      if (uid && collector && !known.has(uid)) {
        wanted.add(uid);
        collectors.add(collector);
      }
    }
    if (wanted.size === 0) break;
    level = await readOwnable(db, {
      clusterId,
      collectors: [...collectors],
      keys: [...wanted],
    });
    for (const uid of wanted) known.set(uid, undefined);
    for (const object of level) known.set(object.key, object);
  }
  const roots = new Map<string, OwnershipFacts['root']>();
  for (const object of objects) {
    let root: OwnableRow | undefined;
    let kind = '';
    let next = parentOf(object);
    for (let depth = 0; next?.uid && depth < MAX_DEPTH; depth++) {
      const parent = known.get(next.uid);
      if (!parent) break;
      root = parent;
      kind = next.kind ?? '';
      next = parentOf(parent);
    }
    if (root) {
      roots.set(object.key, {
        ...ownableObject(clusterName, root),
        kind,
        name: root.name,
      });
    }
  }
  return roots;
}
