import type { Fleet } from './Fleet';
import type { StatementCost } from '../processes/timedDatabase';

/**
 * Runs something and tells what its statements cost the database, the dearest
 * first. On Postgres the server counts, planning included; SQLite works inside
 * the process, so there it is the time from asking to the answer.
 */
export async function databaseTimeOf(
  fleet: Fleet,
  run: () => Promise<void>,
): Promise<StatementCost[]> {
  const { replicas, knex } = fleet;
  const isPostgres = knex.client.config.client === 'pg';
  await Promise.all(replicas.map(each => each.resetUsage()));
  if (isPostgres) {
    await knex.raw('create extension if not exists pg_stat_statements');
    await knex.raw('select pg_stat_statements_reset()');
  }
  await run();
  if (isPostgres) {
    return countedByServer(fleet);
  }
  const usages = await Promise.all(replicas.map(each => each.usage()));
  return usages.flatMap(usage => usage.statements).sort((a, b) => b.ms - a.ms);
}

async function countedByServer({ knex }: Fleet): Promise<StatementCost[]> {
  const { rows } = await knex.raw(
    `select query as sql, calls as count,
       total_exec_time + total_plan_time as ms
     from pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database())
     order by ms desc`,
  );
  return rows.map((row: Record<'sql' | 'count' | 'ms', string>) => ({
    sql: row.sql,
    count: Number(row.count),
    ms: Number(row.ms),
  }));
}
