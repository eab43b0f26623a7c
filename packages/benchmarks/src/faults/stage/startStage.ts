import { dirname } from 'node:path';
import { catalogRead } from '../../benchmarks/fleetState';
import { createDatabase } from '../../processes/Database';
import {
  startBackend,
  type BackendOptions,
  type BackendProcess,
} from '../../processes/startBackend';
import { startSimulator } from '../../processes/startSimulator';
import { collected } from './collected';
import { PLATFORM } from './pace';
import { mountSmallDisk } from './smallDisk';
import type { StageSpec } from './stages';
import { World } from './World';

const FIRST_COLLECTION_MS = 180_000;

/** Starts a fleet and replicas that collect it, and waits until they have. */
export async function startStage(
  spec: StageSpec,
  say: (text: string) => void,
): Promise<World> {
  const { size, database: kind, replicas: count } = spec;
  const stops: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    say(
      `starting ${size.clusters} clusters, ${size.workloads} workloads, ${size.pods} pods`,
    );
    const simulator = await startSimulator(size);
    stops.push(() => simulator.stop());
    const database = await createDatabase(kind);
    stops.push(() => database.stop());
    if (spec.diskBytes && 'filename' in database.driver) {
      const folder = dirname(database.driver.filename);
      stops.push(await mountSmallDisk(folder, spec.diskBytes));
    }
    const launch = async (
      name: string,
      more: Partial<BackendOptions> = {},
    ): Promise<BackendProcess> => {
      const backend = await startBackend({
        name,
        stateDir: simulator.stateDir,
        database: { ...database, config: namedConfig(database.config, name) },
        platform: PLATFORM,
        ...more,
      });
      stops.push(() => backend.stop());
      return backend;
    };
    const knex = await database.open();
    stops.push(() => knex.destroy());
    say(`making the tables and reading the catalog on ${kind}`);
    const first = await launch('first', {
      withoutClusters: true,
      platform: { catalog: { refresh: '2s' } },
    });
    await catalogRead(knex, simulator.entities);
    await first.stop();

    const replicas: BackendProcess[] = [];
    for (let index = 1; index <= count; index++) {
      say(`starting replica ${index}`);
      replicas.push(await launch(`replica-${index}`));
    }
    const world = new World({
      simulator,
      database,
      knex,
      replicas,
      launch,
      stop,
    });
    say('collecting for the first time');
    await collected(world, {
      clusters: world.clusters,
      since: 0,
      timeoutMs: FIRST_COLLECTION_MS,
    });
    await world.change(async () => {});
    return world;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Lets the connections of a replica be told from those of the others. */
function namedConfig(config: object, name: string): object {
  const { client, connection } = config as {
    client: string;
    connection: object;
  };
  return client === 'pg'
    ? { client, connection: { ...connection, application_name: name } }
    : config;
}
