// @ts-check

/**
 * Finds the jobs that somebody works on without looking at all others: every
 * claim asks how many there are of each cluster.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.raw(
    'create index collect_jobs_lease_idx on collect_jobs (lease_until_at) where lease_until_at is not null',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.raw('drop index collect_jobs_lease_idx');
};
