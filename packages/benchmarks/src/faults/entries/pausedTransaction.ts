import { setTimeout as wait } from 'node:timers/promises';
import type { BackendProcess } from '../../processes/startBackend';
import type { Fault } from '../Fault';
import type { World } from '../stage/World';

const TRIES = 2_000;
const PAUSE_MS = 10;
/** Between the signal and the answer that was under way to the replica. */
const SETTLE_MS = 50;

/**
 * A replica stands still in the middle of a transaction: its locks stay as
 * long as the database waits for it, whatever becomes of its leases.
 */
export const pausedTransaction: Fault = {
  name: 'paused-transaction',
  stage: 'long-lists',
  does: 'SIGSTOP of a replica in the middle of a write, with its locks held, then SIGCONT',
  struck: () => 'all',
  async strike(world) {
    await world.change();
    const replica = await pauseInTransaction(world);
    world.without(replica);
    return {
      async seen() {
        const open = await openTransaction(world, replica);
        return open
          ? undefined
          : 'the database ended the transaction of the paused replica, and the other one went on';
      },
      async heal() {
        replica.kill('SIGCONT');
        world.with(replica);
      },
    };
  },
};

/** Stops a replica again and again until that leaves a transaction open. */
async function pauseInTransaction(world: World): Promise<BackendProcess> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    for (const replica of world.replicas) {
      if (!(await openTransaction(world, replica))) continue;
      replica.kill('SIGSTOP');
      await wait(SETTLE_MS);
      if (await openTransaction(world, replica)) return replica;
      replica.kill('SIGCONT');
    }
    await wait(PAUSE_MS);
  }
  throw new Error('No replica could be met in the middle of a write');
}

/** Whether a replica has written to the rows of objects and not committed. */
async function openTransaction(
  { knex }: World,
  { name }: BackendProcess,
): Promise<boolean> {
  const { rows } = await knex.raw(
    `select 1 from pg_stat_activity a
     where application_name = ? and state = 'idle in transaction'
       and exists (select 1 from pg_locks l
         where l.pid = a.pid and l.granted and l.mode = 'RowExclusiveLock'
           and l.relation = 'observed_objects'::regclass)`,
    [name],
  );
  return rows.length > 0;
}
