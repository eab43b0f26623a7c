import { waitFor } from '@roadbed/test-servers';
import type { BackendProcess } from '../../processes/startBackend';
import type { Fault } from '../Fault';
import { uncollected } from '../stage/collected';
import type { World } from '../stage/World';

const FIND_MS = 60_000;

/**
 * A replica stands still in the middle of a transaction: its locks stay as
 * long as the database waits for it, whatever becomes of its leases.
 */
export const pausedTransaction: Fault = {
  name: 'paused-transaction',
  stage: 'long-lists',
  does: 'SIGSTOP of a replica in the middle of a write, with its locks held, then SIGCONT',
  struck: () => 'all',
  movesFleet: true,
  async strike(world) {
    await world.change();
    const replica = await pauseInTransaction(world);
    const { changedAt: since } = world.truths;
    return {
      async seen() {
        const clusters = world.clusters;
        const isOver =
          !(await isWriting(world, replica)) &&
          (await uncollected(world, { clusters, since })).length === 0;
        return isOver
          ? 'the database ended the transaction of the paused replica; the other one collected everything'
          : undefined;
      },
      async heal() {
        replica.kill('SIGCONT');
        world.with(replica);
      },
    };
  },
};

/**
 * Keeps the table locked that is written after the objects, until a replica
 * waits for it in the middle of its transaction, and stops that one.
 */
async function pauseInTransaction(world: World): Promise<BackendProcess> {
  return world.knex.transaction(async tx => {
    await tx.raw('lock table fleet_workloads in share mode');
    const replica = await waitFor(
      async () => {
        for (const each of world.replicas) {
          if (await isWriting(world, each)) return each;
        }
        return undefined;
      },
      {
        describe: 'a replica in the middle of a write',
        timeoutMs: FIND_MS,
        intervalMs: 50,
      },
    );
    world.without(replica);
    replica.kill('SIGSTOP');
    return replica;
  });
}

/** Whether a replica has written objects in a transaction that is still open. */
async function isWriting(
  { knex }: World,
  { name }: BackendProcess,
): Promise<boolean> {
  const { rows } = await knex.raw(
    `select 1 from pg_stat_activity a
     join pg_locks l on l.pid = a.pid and l.granted
       and l.mode = 'RowExclusiveLock'
     where a.application_name = ?
       and a.datname = current_database()
       and l.relation = 'observed_objects'::regclass`,
    [name],
  );
  return rows.length > 0;
}
