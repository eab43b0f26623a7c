import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import { chunks, parseJson, whereInArray } from '../collect/store/dialect';
import type { ObservedObjectRow } from '../collect/store/tables';

const CHUNK = 1_000;

function toObject(row: ObservedObjectRow): ObservedObject {
  return {
    key: row.key,
    namespace: row.namespace,
    name: row.name,
    doc: parseJson(row.doc) as ObservedObject['doc'],
  };
}

/** Everything that a collector has stored of a cluster. */
export async function readAll(
  tx: Knex.Transaction,
  from: { clusterId: number; collector: string },
): Promise<ObservedObject[]> {
  const rows = await tx<ObservedObjectRow>('observed_objects').where({
    cluster_id: from.clusterId,
    collector: from.collector,
  });
  return rows.map(toObject);
}

/** The objects of these keys that are stored. */
export async function readByKey(
  tx: Knex.Transaction,
  from: { clusterId: number; collector: string; keys: string[] },
): Promise<ObservedObject[]> {
  const objects: ObservedObject[] = [];
  for (const keys of chunks([...new Set(from.keys)], CHUNK)) {
    const query = tx<ObservedObjectRow>('observed_objects').where({
      cluster_id: from.clusterId,
      collector: from.collector,
    });
    const rows = await whereInArray(query, 'key', keys);
    objects.push(...(rows as ObservedObjectRow[]).map(toObject));
  }
  return objects;
}
