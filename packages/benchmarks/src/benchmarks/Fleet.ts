import { setTimeout as wait } from 'node:timers/promises';
import type { Knex } from 'knex';
import {
  createDatabase,
  type Database,
  type DatabaseKind,
} from '../processes/Database';
import {
  startBackend,
  type BackendOptions,
  type BackendProcess,
} from '../processes/startBackend';
import {
  startSimulator,
  type FleetSize,
  type SimulatorProcess,
} from '../processes/startSimulator';
import { admitNewJobs, catalogRead, holdNewJobs, listed } from './fleetState';

/** A fleet, and the backends that know of it and have not collected it yet. */
export interface Fleet {
  size: FleetSize;
  simulator: SimulatorProcess;
  database: Database;
  /** The tables of Roadbed, beside the replicas. */
  knex: Knex;
  replicas: BackendProcess[];
  stop(): Promise<void>;
}

const RARELY = '12h';
const COLLECTORS = [
  'cronjobs',
  'daemonsets',
  'deployments',
  'discovery',
  'horizontalpodautoscalers',
  'ingresses',
  'jobs',
  'limitranges',
  'namespaces',
  'networkpolicies',
  'nodes',
  'poddisruptionbudgets',
  'pods',
  'resourcequotas',
  'services',
  'statefulsets',
];
/** Nothing is collected by itself while something is measured. */
const PLATFORM = {
  collect: {
    cadence: Object.fromEntries(COLLECTORS.map(id => [id, RARELY])),
    clusterListInterval: RARELY,
  },
  catalog: { refresh: RARELY },
};
/** For what goes on after a backend says that it is ready. */
const SETTLE_MS = 5_000;

/**
 * Starts clusters and backends on an empty database. The backends know the
 * clusters and the catalog, and wait.
 *
 * @param options.replicas - as many of them as the database can carry
 */
export async function startFleet(options: {
  size: FleetSize;
  database: DatabaseKind;
  replicas: number;
  say(text: string): void;
}): Promise<Fleet> {
  const { size, say } = options;
  const stops: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    say(`starting ${size.clusters} clusters`);
    const simulator = await startSimulator(size);
    stops.push(() => simulator.stop());
    const database = await createDatabase(options.database);
    stops.push(() => database.stop());
    const { stateDir } = simulator;
    const launch = async (name: string, more: Partial<BackendOptions> = {}) => {
      const backend = await startBackend({
        name,
        stateDir,
        database,
        platform: PLATFORM,
        ...more,
      });
      stops.push(() => backend.stop());
      return backend;
    };

    say(`making the tables and reading the catalog on ${database.kind}`);
    const first = await launch('first', {
      withoutClusters: true,
      platform: { catalog: { refresh: '2s' } },
    });
    const knex = await database.open();
    stops.push(() => knex.destroy());
    await catalogRead(knex, simulator.entities);
    await first.stop();
    await holdNewJobs(knex);
    const count = Math.min(options.replicas, database.maxReplicas);
    say(`starting ${count} ${count === 1 ? 'replica' : 'replicas'}`);
    const replicas: BackendProcess[] = [];
    for (let index = 1; index <= count; index++) {
      replicas.push(await launch(`replica-${index}`));
    }
    await listed(knex, size.clusters);
    await admitNewJobs(knex);
    await wait(SETTLE_MS);
    return { size, simulator, database, knex, replicas, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
