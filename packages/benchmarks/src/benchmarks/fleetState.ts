import { setTimeout as wait } from 'node:timers/promises';
import type { Knex } from 'knex';

const POLL_MS = 250;
const CYCLE_MS = 30 * 60_000;
/** As long as no job is due by itself while something is measured. */
const LATER_MS = 24 * 60 * 60_000;
/** Jobs that are due since before this have not run yet. */
const LONG_AGO_MS = 24 * 60 * 60_000;
const TRIGGER = 'hold_new_jobs';

/**
 * Jobs that are made from now on are not due, so that what a start costs is
 * over before collection begins.
 */
export async function holdNewJobs(knex: Knex): Promise<void> {
  const later = Date.now() + LATER_MS;
  if (knex.client.config.client !== 'pg') {
    await knex.raw(
      `create trigger ${TRIGGER} after insert on collect_jobs begin
         update collect_jobs set due_at = ${later} where rowid = new.rowid;
       end`,
    );
    return;
  }
  await knex.raw(
    `create function ${TRIGGER}() returns trigger language plpgsql as $$
       begin new.due_at := ${later}; return new; end $$`,
  );
  await knex.raw(
    `create trigger ${TRIGGER} before insert on collect_jobs
     for each row execute function ${TRIGGER}()`,
  );
}

/** Ends {@link holdNewJobs} for jobs to come. */
export async function admitNewJobs(knex: Knex): Promise<void> {
  const isPostgres = knex.client.config.client === 'pg';
  await knex.raw(
    `drop trigger ${TRIGGER} ${isPostgres ? 'on collect_jobs' : ''}`,
  );
}

/** Waits until there are jobs of every cluster. */
export async function listed(knex: Knex, clusters: number): Promise<void> {
  await until('the list of clusters', async () => {
    const [{ count }] = await knex('collect_jobs').countDistinct({
      count: 'cluster_id',
    });
    return Number(count) === clusters;
  });
}

/** Waits until as many entities of the catalog are known. */
export async function catalogRead(knex: Knex, entities: number): Promise<void> {
  await until('the catalog', async () => {
    const [{ count }] = await knex('catalog_entities').count({ count: '*' });
    return Number(count) >= entities;
  });
}

/** Makes every job due, waits until all have run, and holds them again. */
export async function runCycle(knex: Knex): Promise<void> {
  // Cluster after cluster, as when a fleet is first seen.
  await knex('collect_jobs').update({ due_at: knex.ref('cluster_id') });
  await until('a cycle', async () => {
    // Those that have run are due later, however long a cycle takes.
    const [{ open }] = await knex('collect_jobs')
      .where('due_at', '<', LONG_AGO_MS)
      .orWhereNotNull('lease_owner')
      .count({ open: '*' });
    return Number(open) === 0;
  });
  await knex('collect_jobs').update({ due_at: Date.now() + LATER_MS });
}

/**
 * Does at once what Postgres does by itself within minutes of so many writes:
 * it takes half of a small machine, and is over when people look at a fleet.
 */
export async function settle(knex: Knex): Promise<void> {
  if (knex.client.config.client !== 'pg') return;
  await knex.raw('vacuum (analyze)');
  await knex.raw('checkpoint');
}

async function until(
  what: string,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + CYCLE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new Error(`${CYCLE_MS / 60_000} min in vain for ${what}`);
    }
    await wait(POLL_MS);
  }
}
