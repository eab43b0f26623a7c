import {
  ownersOf,
  OwnershipIndex,
  type OwnershipEntity,
} from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import { chunks, retryOnDeadlock } from '../../collect/store/dialect';
import { WORKLOAD_COLLECTORS } from '../workloadCollectors';
import { namespaceOwners, ownableObject, readOwnable } from './ownableObjects';
import type { OwnershipUpdates } from './OwnershipUpdates';
import type { WorkloadOwners } from './WorkloadOwners';

/** Entities before and after a change; what they do not claim is not touched. */
export interface ChangedEntities {
  before: OwnershipEntity[];
  after: OwnershipEntity[];
}

/** What a sweep did. */
export interface SweepResult {
  /** Workloads that were decided about again. */
  decided: number;
}

/** Workloads that are looked at, and that are decided about in one transaction. */
const PAGE = 1_000;
const DECIDE = 250;

/**
 * Goes through all workloads after the catalog has changed and decides again
 * about those that the change may concern, in many short transactions.
 */
export class OwnershipSweep {
  constructor(
    private readonly options: {
      knex: Knex;
      owners: WorkloadOwners;
      updates: OwnershipUpdates;
    },
  ) {}

  /** @param changed - `all` when it is not known what changed */
  async run(
    changed: ChangedEntities | 'all',
    signal: AbortSignal,
  ): Promise<SweepResult> {
    const clusters: Array<{ id: number; name: string }> = await this.options
      .knex('clusters')
      .orderBy('id')
      .select('id', 'name');
    let decided = 0;
    for (const cluster of clusters) {
      const pages =
        changed === 'all'
          ? this.#allKeys(cluster.id)
          : this.#touchedKeys(cluster, changed);
      for await (const keys of pages) {
        for (const part of chunks(keys, DECIDE)) {
          signal.throwIfAborted();
          await this.#redecide(cluster.id, part);
          decided += part.length;
        }
      }
    }
    return { decided };
  }

  #redecide(clusterId: number, keys: string[]): Promise<void> {
    const { knex, owners, updates } = this.options;
    return retryOnDeadlock(() =>
      knex.transaction(async tx => {
        await owners.lock(tx, clusterId);
        await updates.redecide(tx, clusterId, keys);
      }),
    );
  }

  async *#allKeys(clusterId: number): AsyncGenerator<string[]> {
    for (let after = ''; ; ) {
      const rows: Array<{ key: string }> = await this.options
        .knex('fleet_workloads')
        .where({ cluster_id: clusterId })
        .where('key', '>', after)
        .orderBy('key')
        .limit(PAGE)
        .select('key');
      if (rows.length > 0) yield rows.map(({ key }) => key);
      if (rows.length < PAGE) return;
      after = rows[rows.length - 1].key;
    }
  }

  async *#touchedKeys(
    cluster: { id: number; name: string },
    changed: ChangedEntities,
  ): AsyncGenerator<string[]> {
    const { knex } = this.options;
    const indexes = [changed.before, changed.after].map(
      entities => new OwnershipIndex(entities),
    );
    const namespaces = await namespaceOwners(knex, cluster.id);
    for (const collector of WORKLOAD_COLLECTORS) {
      for (let after = ''; ; ) {
        const rows = await readOwnable(knex, {
          clusterId: cluster.id,
          collectors: [collector],
          page: { after, limit: PAGE },
        });
        const touched = rows.filter(row => {
          const facts = {
            workload: ownableObject(cluster.name, row),
            namespaceOwner: namespaces.get(row.namespace ?? ''),
          };
          return indexes.some(
            index => ownersOf(facts, index).owners.length > 0,
          );
        });
        if (touched.length > 0) yield touched.map(({ key }) => key);
        if (rows.length < PAGE) break;
        after = rows[rows.length - 1].key;
      }
    }
  }
}
