import type { World } from '../stage/World';
import { readNow } from '../stage/databaseClock';
import { assess, type Assessment, type ShownCoverage } from './assess';
import { readStored } from './readStored';
import { shownCluster } from './shownCluster';

/** Requests at a time: this must not be felt more than a person with many tabs. */
const AT_A_TIME = 4;

/** Reads what is shown and stored of every cluster, and compares with what is true. */
export async function compareWorld(world: World): Promise<Assessment> {
  const { truths, knex } = world;
  const shownAt = await readNow(knex);
  const shown = await readShown(world);
  const stored = await readStored(knex);
  return assess({ truths, shown, shownAt, stored });
}

async function readShown(
  world: World,
): Promise<Map<string, readonly ShownCoverage[]>> {
  const [replica] = world.replicas;
  const shown = new Map<string, readonly ShownCoverage[]>();
  const names = [...world.clusters];
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (let name = names.pop(); name; name = names.pop()) {
        const { coverage } = await shownCluster(replica, name);
        shown.set(name, coverage);
      }
    }),
  );
  return shown;
}
