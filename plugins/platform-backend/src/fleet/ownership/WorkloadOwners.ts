import {
  ownersOf,
  type OwnershipClaim,
  type OwnershipVerdict,
} from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import type { CatalogIndex } from '../../catalog/CatalogIndex';
import {
  chunks,
  insertChunkSize,
  lockForUpdate,
  whereInArray,
} from '../../collect/store/dialect';
import {
  namespaceOwners,
  ownableObject,
  parentOf,
  type OwnableRow,
} from './ownableObjects';
import { rootOwners } from './rootOwners';

/** The columns of `fleet_workloads` that say whether somebody owns it. */
export interface OwnershipColumns {
  owned: boolean | null;
  owner_problem: string | null;
  parent_key: string | null;
}

interface OwnerRow {
  cluster_id: number;
  key: string;
  entity_ref: string;
  owner_ref: string | null;
  system_ref: string | null;
  rule: string;
  detail: string;
}

/**
 * Decides whose workloads are and keeps `fleet_workload_owners`, inside the
 * transaction that changes what it is decided by.
 *
 * @remarks
 * Every decision is made under two locks, taken in this order: the copy of
 * the catalog, shared, and the cluster. So whoever decides last has seen
 * everything that the one before has written, and a change of the catalog, a
 * namespace and a workload at the same time end where one after the other
 * would have ended.
 */
export class WorkloadOwners {
  constructor(
    private readonly options: {
      index: CatalogIndex;
      /** Which collector brings which kind of object. */
      kinds: ReadonlyMap<string, string>;
    },
  ) {}

  /** Takes the locks that every decision about workloads of a cluster needs. */
  async lock(tx: Knex.Transaction, clusterId: number): Promise<void> {
    await this.options.index.current(tx);
    await lockCluster(tx, clusterId);
  }

  /**
   * Decides about workloads and writes their owners.
   *
   * @returns what to write into their own rows, by key
   */
  async decide(
    tx: Knex.Transaction,
    options: { clusterId: number; objects: readonly OwnableRow[] },
  ): Promise<Map<string, OwnershipColumns>> {
    const { clusterId, objects } = options;
    if (objects.length === 0) return new Map();
    const { index, known } = await this.options.index.current(tx);
    const clusterName = await nameOf(tx, clusterId);
    const [namespaces, roots] = known
      ? [
          await namespaceOwners(tx, clusterId),
          await rootOwners(tx, {
            clusterId,
            clusterName,
            kinds: this.options.kinds,
            objects,
          }),
        ]
      : [new Map(), new Map()];
    const verdicts = new Map<string, OwnershipVerdict>();
    const columns = new Map<string, OwnershipColumns>();
    for (const object of objects) {
      const verdict = known
        ? ownersOf(
            {
              workload: ownableObject(clusterName, object),
              namespaceOwner: namespaces.get(object.namespace ?? ''),
              root: roots.get(object.key),
            },
            index,
          )
        : { owners: [], problem: null };
      verdicts.set(object.key, verdict);
      columns.set(object.key, {
        owned: known ? verdict.owners.length > 0 : null,
        owner_problem: verdict.problem,
        parent_key: parentOf(object)?.uid ?? null,
      });
    }
    await writeOwners(tx, clusterId, verdicts);
    return columns;
  }
}

/** Lets one transaction at a time decide about a cluster. */
export async function lockCluster(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<void> {
  const row = await lockForUpdate(
    tx('fleet_clusters').where({ cluster_id: clusterId }),
  ).first('cluster_id');
  if (row) return;
  await tx('fleet_clusters')
    .insert({ cluster_id: clusterId })
    .onConflict('cluster_id')
    .ignore();
  await lockForUpdate(
    tx('fleet_clusters').where({ cluster_id: clusterId }),
  ).first('cluster_id');
}

/** Deletes the owners of workloads that are gone. */
export async function deleteOwners(
  tx: Knex.Transaction,
  clusterId: number,
  keys: readonly string[],
): Promise<void> {
  for (const part of chunks(keys, 1_000)) {
    await whereInArray(
      tx('fleet_workload_owners').where({ cluster_id: clusterId }),
      'key',
      part,
    ).delete();
  }
}

async function nameOf(tx: Knex.Transaction, clusterId: number) {
  const row = await tx('clusters').where({ id: clusterId }).first('name');
  return row?.name ?? '';
}

async function writeOwners(
  tx: Knex.Transaction,
  clusterId: number,
  verdicts: Map<string, OwnershipVerdict>,
): Promise<void> {
  const stored = new Map<string, OwnerRow>();
  for (const keys of chunks([...verdicts.keys()], 1_000)) {
    const rows: OwnerRow[] = await whereInArray(
      tx('fleet_workload_owners').where({ cluster_id: clusterId }),
      'key',
      keys,
    );
    for (const row of rows) stored.set(idOf(row), row);
  }
  const upserts: OwnerRow[] = [];
  for (const [key, { owners }] of verdicts) {
    for (const claim of owners) {
      const row = toRow(clusterId, key, claim);
      const before = stored.get(idOf(row));
      stored.delete(idOf(row));
      if (!before || !isSame(before, row)) upserts.push(row);
    }
  }
  for (const { key, entity_ref } of stored.values()) {
    await tx('fleet_workload_owners')
      .where({ cluster_id: clusterId, key, entity_ref })
      .delete();
  }
  for (const part of chunks(upserts, insertChunkSize(7))) {
    await tx('fleet_workload_owners')
      .insert(part)
      .onConflict(['cluster_id', 'key', 'entity_ref'])
      .merge();
  }
}

function toRow(
  clusterId: number,
  key: string,
  { entityRef, ownerRef, systemRef, rule, detail }: OwnershipClaim,
): OwnerRow {
  return {
    cluster_id: clusterId,
    key,
    entity_ref: entityRef,
    owner_ref: ownerRef,
    system_ref: systemRef,
    rule,
    detail,
  };
}

function idOf({ key, entity_ref }: OwnerRow): string {
  return `${key} ${entity_ref}`;
}

function isSame(a: OwnerRow, b: OwnerRow): boolean {
  return (
    a.owner_ref === b.owner_ref &&
    a.system_ref === b.system_ref &&
    a.rule === b.rule &&
    a.detail === b.detail
  );
}
