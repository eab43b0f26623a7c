import { waitFor } from '@roadbed/test-servers';
import type { BackendProcess } from '../../processes/startBackend';
import { readNow } from '../stage/databaseClock';
import type { World } from '../stage/World';

/** How long each page takes to come, so that lists can be met half way. */
const PAGE_MS = 1_500;
const FIND_MS = 60_000;

/** A list that a replica is in the middle of. */
interface RunningList {
  replica: BackendProcess;
  cluster: string;
  clusterId: number;
  epoch: number;
  /** Objects that had been read of those there are. */
  objects: number;
  expected: number;
}

/** A replica that got a signal in the middle of a list. */
export interface StruckList extends RunningList {
  /** Epoch milliseconds of the database's clock. */
  struckAt: number;
  /** Ends what made the lists slow. */
  endSlowness(): Promise<void>;
}

/** Makes lists slow, waits until a replica is in one, and sends it a signal. */
export async function strikeInList(
  world: World,
  signal: NodeJS.Signals,
): Promise<StruckList> {
  const endSlowness = await slowLists(world);
  const list = await runningList(world);
  world.without(list.replica);
  list.replica.kill(signal);
  return { ...list, struckAt: await readNow(world.knex), endSlowness };
}

/** Makes the lists of pods slow. @returns what ends it */
async function slowLists(world: World): Promise<() => Promise<void>> {
  const { control } = world.simulator;
  const id = await control.injectFault([...world.clusters], {
    kind: 'latency',
    ms: PAGE_MS,
    path: '^/api/v1/pods',
  });
  return () => control.clearFaults(id);
}

/** Waits until a replica is in the middle of a list of pods. */
async function runningList(world: World): Promise<RunningList> {
  return waitFor(
    async () => {
      const rows: Array<{
        name: string;
        cluster_id: number;
        epoch: unknown;
        lease_owner: string;
        progress_objects: number;
        progress_expected: number;
      }> = await world
        .knex('collect_jobs')
        .join('clusters', 'clusters.id', 'collect_jobs.cluster_id')
        .where({ collector: 'pods' })
        .whereNotNull('lease_owner')
        .whereRaw('progress_objects < progress_expected')
        .select(
          'name',
          'cluster_id',
          'epoch',
          'lease_owner',
          'progress_objects',
          'progress_expected',
        );
      for (const row of rows) {
        const replica = world.replicas.find(({ pid }) =>
          row.lease_owner.includes(`-${pid}-`),
        );
        if (replica) {
          return {
            replica,
            cluster: row.name,
            clusterId: row.cluster_id,
            epoch: Number(row.epoch),
            objects: row.progress_objects,
            expected: row.progress_expected,
          };
        }
      }
      return false;
    },
    {
      describe: 'a replica in the middle of a list of pods',
      timeoutMs: FIND_MS,
      intervalMs: 50,
    },
  );
}

/** Looks whether another replica has completed the list since. */
export async function takenOver(
  world: World,
  list: StruckList,
): Promise<string | undefined> {
  const run: { started_at: unknown; epoch: unknown } | undefined = await world
    .knex('collect_runs')
    .where({
      cluster_id: list.clusterId,
      collector: 'pods',
      outcome: 'success',
    })
    .where('epoch', '>', list.epoch)
    .orderBy('epoch')
    .first('started_at', 'epoch');
  if (!run) return undefined;
  const seconds = ((Number(run.started_at) - list.struckAt) / 1_000).toFixed(1);
  return `pods of ${list.cluster} (${list.objects} of ${list.expected} read, epoch ${list.epoch}) begun anew by the other replica after ${seconds} s with epoch ${run.epoch}`;
}

/**
 * Looks for lists that two replicas made at the same time.
 *
 * @param since - epoch milliseconds
 * @throws Error that names one; runs that lost their lease do not count
 */
export async function assertNothingTwice(
  world: World,
  since: number,
): Promise<void> {
  const [twice] = await world
    .knex({ a: 'collect_runs' })
    .join({ b: 'collect_runs' }, join =>
      join
        .on('a.cluster_id', 'b.cluster_id')
        .on('a.collector', 'b.collector')
        .on('a.epoch', '<', 'b.epoch')
        .on('b.started_at', '<', 'a.finished_at'),
    )
    .where('a.started_at', '>', since)
    .whereRaw(`coalesce(a.code, '') <> 'lease_lost'`)
    .select('a.cluster_id', 'a.collector', 'a.epoch');
  if (twice) {
    throw new Error(
      `${twice.collector} of the cluster with id ${twice.cluster_id} was collected twice at once (epoch ${twice.epoch})`,
    );
  }
}
