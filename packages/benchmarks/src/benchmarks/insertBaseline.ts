import SqliteDatabase from 'better-sqlite3';
import type { Knex } from 'knex';
import { Client } from 'pg';
import type { Database } from '../processes/Database';
import { cpuNow } from './cpuNow';

/** The tables that a collection fills. */
const FILLED_TABLES = [
  'observed_objects',
  'fleet_workloads',
  'fleet_workload_owners',
  'collect_runs',
  'collect_coverage',
];
const BATCH = 500;

type Row = Record<string, string | number | null>;

/** Inserts rows with as little around it as the driver allows. */
interface Inserter {
  insert(table: string, rows: Row[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * CPU seconds that this process needs to insert the rows that a collection has
 * written into tables with the same columns and indexes, in transactions of
 * {@link BATCH} rows, by the bare driver. Reading them is not counted, and
 * neither is what a database server needs, as little as for the replicas.
 */
export async function insertCpuSeconds(
  database: Database,
  knex: Knex,
): Promise<{ cpuSeconds: number; rows: number }> {
  const inserter = await openInserter(database);
  let cpuSeconds = 0;
  let count = 0;
  try {
    for (const table of FILLED_TABLES) {
      const copy = `bench_${table}`;
      await copyStructure(knex, table, copy);
      for await (const rows of batches(knex, table)) {
        const began = cpuNow();
        await inserter.insert(copy, rows);
        cpuSeconds += cpuNow() - began;
        count += rows.length;
      }
      await knex.schema.dropTable(copy);
    }
  } finally {
    await inserter.close();
  }
  return { cpuSeconds, rows: count };
}

async function copyStructure(knex: Knex, table: string, copy: string) {
  if (knex.client.config.client === 'pg') {
    await knex.raw('create table ?? (like ?? including all)', [copy, table]);
    return;
  }
  const parts: Array<{ sql: string; name: string; type: string }> = await knex(
    'sqlite_master',
  )
    .where({ tbl_name: table })
    .whereNotNull('sql')
    .orderByRaw(`type = 'index'`);
  for (const { sql, name, type } of parts) {
    const forCopy = sql.replace(new RegExp(`\\b${table}\\b`), copy);
    await knex.raw(
      type === 'index' ? forCopy.replace(name, `bench_${name}`) : forCopy,
    );
  }
}

/** One cluster after the other: all rows of a table are too many to hold. */
async function* batches(knex: Knex, table: string): AsyncIterable<Row[]> {
  const clusters = await knex(table).distinct('cluster_id');
  for (const cluster of clusters) {
    const rows = await knex(table).where(cluster).select();
    for (let start = 0; start < rows.length; start += BATCH) {
      yield rows
        .slice(start, start + BATCH)
        .map(row => Object.fromEntries(Object.entries(row).map(asParameter)));
    }
  }
}

/** As the collection has it in hand: documents are text already. */
function asParameter([column, value]: [string, any]): [string, Row[string]] {
  const isDocument = typeof value === 'object' && value !== null;
  return [column, isDocument ? JSON.stringify(value) : value];
}

async function openInserter({ driver }: Database): Promise<Inserter> {
  if ('filename' in driver) {
    const database = new SqliteDatabase(driver.filename);
    const insertAll = database.transaction((table: string, rows: Row[]) => {
      const columns = Object.keys(rows[0]);
      const statement = database.prepare(
        `insert into ${table} (${columns.join()})
         values (${columns.map(() => '?').join()})`,
      );
      for (const row of rows) statement.run(Object.values(row));
    });
    return {
      insert: async (table, rows) => insertAll(table, rows),
      close: async () => void database.close(),
    };
  }
  const client = new Client(driver);
  await client.connect();
  return {
    async insert(table, rows) {
      const columns = Object.keys(rows[0]);
      let place = 0;
      const values = rows
        .map(() => `(${columns.map(() => `$${++place}`).join()})`)
        .join();
      await client.query({
        name: `${table}-${rows.length}`,
        text: `insert into ${table} (${columns.join()}) values ${values}`,
        values: rows.flatMap(row => Object.values(row)),
      });
    },
    close: () => client.end(),
  };
}
