import type { Knex } from 'knex';
import { chunks, whereInArray } from '../../collect/store/dialect';
import type { BooleanValue } from '../../collect/store/tables';
import { WORKLOAD_COLLECTORS } from '../workloadCollectors';
import { readOwnable } from './ownableObjects';
import type { OwnershipColumns, WorkloadOwners } from './WorkloadOwners';

interface StoredColumns {
  key: string;
  owned: BooleanValue | null;
  owner_problem: string | null;
  parent_key: string | null;
}

const CHUNK = 1_000;

/** Decides again about workloads that are stored already. */
export class OwnershipUpdates {
  constructor(private readonly options: { owners: WorkloadOwners }) {}

  /**
   * Decides again about workloads, and about those that have them at the root
   * of their ownerReferences.
   */
  async redecide(
    tx: Knex.Transaction,
    clusterId: number,
    keys: readonly string[],
  ): Promise<void> {
    const seen = new Set<string>();
    let level = [...keys];
    while (level.length > 0) {
      for (const key of level) seen.add(key);
      for (const part of chunks(level, CHUNK)) {
        await this.#redecideThese(tx, clusterId, part);
      }
      const children = await childrenOf(tx, clusterId, level);
      level = children.filter(key => !seen.has(key));
    }
  }

  /** Objects changed or are gone: what they have made may be somebody else's now. */
  async parentsChanged(
    tx: Knex.Transaction,
    clusterId: number,
    keys: readonly string[],
  ): Promise<void> {
    const changed = new Set(keys);
    const children = (await childrenOf(tx, clusterId, keys)).filter(
      key => !changed.has(key),
    );
    if (children.length === 0) return;
    await this.options.owners.lock(tx, clusterId);
    await this.redecide(tx, clusterId, children);
  }

  /** Namespaces may name other owners now. */
  async namespacesChanged(
    tx: Knex.Transaction,
    clusterId: number,
    namespaces: readonly string[],
  ): Promise<void> {
    for (const part of chunks(namespaces, CHUNK)) {
      const rows: Array<{ key: string }> = await whereInArray(
        tx('fleet_workloads').where({ cluster_id: clusterId }),
        'namespace',
        part,
      ).select('key');
      await this.redecide(
        tx,
        clusterId,
        rows.map(({ key }) => key),
      );
    }
  }

  async #redecideThese(
    tx: Knex.Transaction,
    clusterId: number,
    keys: readonly string[],
  ): Promise<void> {
    const rows: StoredColumns[] = await whereInArray(
      tx('fleet_workloads').where({ cluster_id: clusterId }),
      'key',
      keys,
    ).select('key', 'owned', 'owner_problem', 'parent_key');
    if (rows.length === 0) return;
    const objects = await readOwnable(tx, {
      clusterId,
      collectors: WORKLOAD_COLLECTORS,
      keys: rows.map(({ key }) => key),
    });
    const columns = await this.options.owners.decide(tx, {
      clusterId,
      objects,
    });
    const groups = new Map<
      string,
      { values: OwnershipColumns; keys: string[] }
    >();
    for (const row of rows) {
      const values = columns.get(row.key);
      if (!values || isSame(row, values)) continue;
      const id = JSON.stringify(values);
      const group = groups.get(id) ?? { values, keys: [] };
      group.keys.push(row.key);
      groups.set(id, group);
    }
    for (const group of groups.values()) {
      await whereInArray(
        tx('fleet_workloads').where({ cluster_id: clusterId }),
        'key',
        group.keys,
      ).update(group.values);
    }
  }
}

async function childrenOf(
  tx: Knex.Transaction,
  clusterId: number,
  keys: readonly string[],
): Promise<string[]> {
  const children: string[] = [];
  for (const part of chunks(keys, CHUNK)) {
    const rows: Array<{ key: string }> = await whereInArray(
      tx('fleet_workloads')
        .where({ cluster_id: clusterId })
        .whereNotNull('parent_key'),
      'parent_key',
      part,
    ).select('key');
    children.push(...rows.map(({ key }) => key));
  }
  return children;
}

function isSame(row: StoredColumns, values: OwnershipColumns): boolean {
  const owned = row.owned === null ? null : Boolean(row.owned);
  return (
    owned === values.owned &&
    row.owner_problem === values.owner_problem &&
    row.parent_key === values.parent_key
  );
}
