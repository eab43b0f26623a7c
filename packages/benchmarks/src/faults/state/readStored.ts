import type { Knex } from 'knex';
import { factsOfRow } from './facts';
import type { ObjectState } from './ObjectState';
import { PodSums } from './PodSums';
import { COMPARED } from './readTruth';

/** What is stored of one collector of one cluster. */
export interface StoredCollector {
  objects: ReadonlyMap<string, ObjectState>;
  /** Epoch milliseconds of the last complete list; `null` before the first. */
  completeAt: number | null;
  /** The `resourceVersion` of that list. */
  revision: number;
}

/** What is stored of one cluster, by collector. */
export type StoredCluster = ReadonlyMap<string, StoredCollector>;

interface ObjectRow {
  cluster_id: number;
  collector: string;
  key: string;
  namespace: string | null;
  name: string;
  doc: any;
}

/** Reads what is stored of the clusters that are being collected, all of one moment. */
export async function readStored(
  knex: Knex,
): Promise<Map<string, StoredCluster>> {
  return knex.transaction(
    async tx => {
      const clusters: Array<{ id: number; name: string }> = await tx('clusters')
        .where({ active: true })
        .select('id', 'name');
      const rows = groupBy(await readRows(tx), keyOf);
      const coverage = groupBy(await readCompletions(tx), keyOf);
      const stored = ({ id }: { id: number }, collector: string) => {
        const key = keyOf({ cluster_id: id, collector });
        const completion = coverage.get(key)?.[0];
        return {
          objects: objectsOf(collector, rows.get(key) ?? []),
          completeAt: toMillis(completion?.complete_at),
          revision: Number(completion?.complete_rv ?? 0),
        };
      };
      return new Map(
        clusters.map(cluster => [
          cluster.name,
          new Map(COMPARED.map(id => [id, stored(cluster, id)])),
        ]),
      );
    },
    knex.client.config.client === 'pg'
      ? { isolationLevel: 'repeatable read' }
      : {},
  );
}

/** Reads the rows that were collected under one row of the clusters. */
export async function readObjects(
  knex: Knex,
  clusterId: number,
): Promise<Map<string, ReadonlyMap<string, ObjectState>>> {
  const rows = groupBy(
    await readRows(knex, clusterId),
    ({ collector }) => collector,
  );
  return new Map(COMPARED.map(id => [id, objectsOf(id, rows.get(id) ?? [])]));
}

async function readRows(knex: Knex, clusterId?: number): Promise<ObjectRow[]> {
  const query = knex('observed_objects')
    .whereIn('collector', [...COMPARED])
    .select('cluster_id', 'collector', 'key', 'namespace', 'name', 'doc');
  return clusterId === undefined
    ? query
    : query.where({ cluster_id: clusterId });
}

async function readCompletions(knex: Knex): Promise<
  Array<{
    cluster_id: number;
    collector: string;
    complete_at: unknown;
    complete_rv: string | null;
  }>
> {
  return knex('collect_coverage').select(
    'cluster_id',
    'collector',
    'complete_at',
    'complete_rv',
  );
}

function objectsOf(
  collector: string,
  rows: ObjectRow[],
): ReadonlyMap<string, ObjectState> {
  const documents = rows.map(row => ({
    ...row,
    doc: typeof row.doc === 'string' ? JSON.parse(row.doc) : row.doc,
  }));
  if (collector === 'pods') {
    const sums = new PodSums();
    for (const { namespace, doc } of documents) {
      const { ownerKind, ownerName, pods, ready, restarts } = doc;
      const owner = `${ownerKind} ${ownerName}`;
      sums.add({ namespace, owner, pods, ready, restarts });
    }
    return sums.states();
  }
  return new Map(
    documents.map(({ key, namespace, name, doc }) => [
      key,
      { namespace, name, facts: factsOfRow(collector, doc), weight: 1 },
    ]),
  );
}

function keyOf(row: { cluster_id: number; collector: string }): string {
  return `${row.cluster_id} ${row.collector}`;
}

function toMillis(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function groupBy<T>(
  items: readonly T[],
  keyOfItem: (item: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
