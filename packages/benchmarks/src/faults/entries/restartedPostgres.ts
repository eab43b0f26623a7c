import { setTimeout as wait } from 'node:timers/promises';
import { waitFor } from '@roadbed/test-servers';
import type { Fault } from '../Fault';
import type { World } from '../stage/World';

const AWAY_MS = 4_000;
const FIND_MS = 30_000;

/** The database ends in the middle of a write, is away, and comes back. */
export const restartedPostgres: Fault = {
  name: 'restarted-postgres',
  stage: 'long-lists',
  does: 'Postgres ends in the middle of a write, and is back after 4 s',
  struck: () => 'all',
  movesFleet: true,
  allowedAnswers: ['503'],
  async strike(world) {
    const { server } = world.database;
    if (!server) throw new Error('This fault needs Postgres');
    await world.change(() =>
      world.simulator.control.change({ fraction: 0.9, churn: 0.05 }),
    );
    const statement = await writing(world);
    await server.kill();
    const [replica] = world.replicas;
    await wait(AWAY_MS);
    const { status } = await replica.get('/api/platform/fleet/summary');
    await server.restart();
    return {
      seen: async () =>
        status === 503
          ? `ended during "${statement}"; pages were answered with ${status} meanwhile`
          : undefined,
      heal: async () => {},
    };
  },
};

/** Waits until a replica writes objects. @returns what it is doing */
async function writing({ knex }: World): Promise<string> {
  return waitFor(
    async () => {
      const { rows } = await knex.raw(
        `select query from pg_stat_activity
         where application_name like 'replica-%' and xact_start is not null
           and (query like 'insert into "observed_objects"%'
             or query like 'insert into "fleet_workloads"%'
             or query like 'update "fleet_workloads"%')
         limit 1`,
      );
      return rows[0]?.query.split(' (')[0].replaceAll('"', '');
    },
    {
      describe: 'a replica that writes objects',
      timeoutMs: FIND_MS,
      intervalMs: 5,
    },
  );
}
