import type { Knex } from 'knex';
import type { DatabaseKind } from '../processes/Database';
import type { BenchmarkContext } from './Benchmark';
import { describe } from './collectBenchmark';
import { cpuSeconds } from '../processes/ProcessUsage';
import type { StatementCost } from '../processes/timedDatabase';
import { databaseTimeOf } from './databaseTime';
import { startFleet, type Fleet } from './Fleet';
import { runCycle } from './fleetState';

const CHANGED = 0.01;
const CYCLES = 50;
/** A fleet that is quick to collect: how tables grow does not depend on its size. */
const SMALL_FLEET = { clusters: 10, workloads: 10_000, pods: 30_000 };
const TABLES = ['observed_objects', 'fleet_workloads', 'fleet_workload_owners'];
const DEAREST = 5;
/** Statements about the objects of clusters and what is read from them. */
const INVENTORY = /observed_objects|fleet_|catalog_/;

/** What the database has to do when little has changed. */
export async function reportSteadyCycle(
  { report, say }: BenchmarkContext,
  fleet: Fleet,
): Promise<void> {
  const { simulator, knex } = fleet;
  say('collecting again, with 1 % changed');
  const { changed } = await simulator.control.change({ fraction: CHANGED });
  const cpuBefore = await cpuOf(fleet);
  const began = performance.now();
  const statements = await databaseTimeOf(fleet, () => runCycle(knex));
  const seconds = (performance.now() - began) / 1_000;
  const cpu = (await cpuOf(fleet)) - cpuBefore;
  const objects = await countOf(knex, 'observed_objects');
  const runs = await countOf(knex, 'collect_jobs');
  const inventory = statements.filter(({ sql }) => INVENTORY.test(sql));
  const rest = statements.filter(({ sql }) => !INVENTORY.test(sql));
  report.add({
    name: `steady.db_ms_per_100k.${fleet.database.kind}`,
    value: (total(inventory) / objects) * 100_000,
    unit: 'ms',
    bound: { relation: '≤', limit: 250 },
    how: `One cycle of every collector of ${describe(
      fleet,
    )} after ${changed} objects changed: ${total(inventory).toFixed(
      0,
    )} ms of database time to compare ${objects} stored objects with what was listed and to write what changed, of ${total(
      statements,
    ).toFixed(0)} ms in the whole cycle; dearest: ${dearest(inventory)}`,
  });
  report.add({
    name: `steady.cpu_ms_per_cluster.${fleet.database.kind}`,
    value: (cpu * 1_000) / fleet.size.clusters,
    unit: 'ms',
    how: `CPU of all replicas in the same cycle (${cpu.toFixed(
      1,
    )} s within ${seconds.toFixed(0)} s) ÷ clusters`,
  });
  report.add({
    name: `steady.db_ms_per_run.${fleet.database.kind}`,
    value: total(rest) / runs,
    unit: 'ms',
    how: `The rest of the same cycle ÷ ${runs} runs, however many objects they list: claims, leases, ledger, coverage, breakers, transactions; dearest: ${dearest(
      rest,
    )}`,
  });
}

/** Of all replicas since they started, in seconds. */
async function cpuOf({ replicas }: Fleet): Promise<number> {
  return cpuSeconds(await Promise.all(replicas.map(each => each.usage())));
}

function total(statements: readonly StatementCost[]): number {
  return statements.reduce((sum, { ms }) => sum + ms, 0);
}

function dearest(statements: readonly StatementCost[]): string {
  return statements
    .slice(0, DEAREST)
    .map(
      each =>
        `${each.count} × ${each.sql.slice(0, 60)} ${each.ms.toFixed(0)} ms`,
    )
    .join('; ');
}

/** How many rows a table has. */
export async function countOf(knex: Knex, table: string): Promise<number> {
  const [{ count }] = await knex(table).count({ count: '*' });
  return Number(count);
}

/** Whether tables stay as large as what is in them. */
export async function reportTableGrowth(
  { report, say }: BenchmarkContext,
  database: DatabaseKind,
): Promise<void> {
  const fleet = await startFleet({
    size: SMALL_FLEET,
    database,
    replicas: 1,
    say,
  });
  try {
    await compressTime(fleet.knex);
    await runCycle(fleet.knex);
    say(`${CYCLES} cycles with 1 % changed`);
    const { before, after } = await tableBytes(fleet, CYCLES);
    report.add({
      name: `steady.table_growth.${database}`,
      value: after / before,
      unit: '×',
      bound: { relation: '≤', limit: 1.05 },
      how: `${TABLES.join(
        ', ',
      )} with their indexes after ${CYCLES} cycles of ${describe(
        fleet,
      )} with 1 % changed in each (${mb(after)}) ÷ after the first (${mb(
        before,
      )})${
        database === 'postgres'
          ? '; autovacuum looks every second, because the cycles follow each other so fast'
          : ''
      }`,
    });
  } finally {
    await fleet.stop();
  }
}

/**
 * Bytes of the tables and their indexes around a number of cycles with 1 %
 * changed in each.
 */
export async function tableBytes(
  { knex, simulator }: Fleet,
  cycles: number,
): Promise<{ before: number; after: number }> {
  const before = await bytesOf(knex);
  for (let cycle = 0; cycle < cycles; cycle++) {
    await simulator.control.change({ fraction: CHANGED });
    await runCycle(knex);
  }
  return { before, after: await bytesOf(knex) };
}

/** Fifty cycles are four hours; autovacuum must come as often as in four hours. */
async function compressTime(knex: Knex): Promise<void> {
  if (knex.client.config.client !== 'pg') return;
  await knex.raw(`alter system set autovacuum_naptime = '1s'`);
  await knex.raw('select pg_reload_conf()');
}

/** Of {@link TABLES} and their indexes. */
async function bytesOf(knex: Knex): Promise<number> {
  if (knex.client.config.client === 'pg') {
    const { rows } = await knex.raw(
      `select sum(pg_total_relation_size(name::regclass)) as bytes
       from unnest(?::text[]) as name`,
      [TABLES],
    );
    return Number(rows[0].bytes);
  }
  const [{ bytes }] = await knex({ pages: 'dbstat' })
    .join({ master: 'sqlite_master' }, 'master.name', 'pages.name')
    .where('pages.aggregate', true)
    .whereIn('master.tbl_name', TABLES)
    .sum({ bytes: 'pages.pgsize' });
  return Number(bytes);
}

function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
