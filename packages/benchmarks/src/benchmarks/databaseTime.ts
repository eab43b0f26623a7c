import { setTimeout as wait } from 'node:timers/promises';
import type { Fleet } from './Fleet';
import type { StatementCost } from '../processes/timedDatabase';

/** What the database did for something. */
export interface DatabaseTime {
  /** Milliseconds that it was busy with statements. */
  ms: number;
  /** As seen by the replicas, the dearest first; waiting included. */
  statements: StatementCost[];
}

/** Sessions tell their time when they have been idle for so long. */
const POSTGRES_FLUSH_MS = 11_000;

/**
 * Runs something and tells how long the database worked for it. On Postgres
 * that is `active_time` of `pg_stat_database`, which the server counts; on
 * SQLite, which works inside the process, the time of the statements.
 */
export async function databaseTimeOf(
  fleet: Fleet,
  run: () => Promise<void>,
): Promise<DatabaseTime> {
  const { replicas } = fleet;
  await Promise.all(replicas.map(each => each.resetUsage()));
  const before = await activeMs(fleet);
  await run();
  const usages = await Promise.all(replicas.map(each => each.usage()));
  const statements = merge(usages.flatMap(usage => usage.statements));
  if (before === undefined) {
    return { ms: statements.reduce((sum, { ms }) => sum + ms, 0), statements };
  }
  return { ms: (await activeMs(fleet))! - before, statements };
}

async function activeMs({ knex }: Fleet): Promise<number | undefined> {
  if (knex.client.config.client !== 'pg') return undefined;
  await wait(POSTGRES_FLUSH_MS);
  const { rows } = await knex.raw(
    `select active_time from pg_stat_database where datname = current_database()`,
  );
  return Number(rows[0].active_time);
}

function merge(costs: StatementCost[]): StatementCost[] {
  const bySql = new Map<string, StatementCost>();
  for (const { sql, count, ms } of costs) {
    const sum = bySql.get(sql) ?? { sql, count: 0, ms: 0 };
    bySql.set(sql, { sql, count: sum.count + count, ms: sum.ms + ms });
  }
  return [...bySql.values()].sort((a, b) => b.ms - a.ms);
}
