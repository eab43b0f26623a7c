import type { Knex } from 'knex';

/** Epoch milliseconds of the clock that all replicas go by: the database's. */
export async function readNow(knex: Knex): Promise<number> {
  if (knex.client.config.client !== 'pg') return Date.now();
  const { rows } = await knex.raw(
    'select (extract(epoch from statement_timestamp()) * 1000)::bigint as now',
  );
  return Number(rows[0].now);
}
