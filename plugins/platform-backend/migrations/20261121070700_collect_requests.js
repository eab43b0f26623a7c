// @ts-check

/**
 * When somebody asked for a cluster to be collected now. One row per cluster,
 * shared by the replicas, so that asking again and again is no way around the
 * rate limit.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('collect_requests', table => {
    table.comment('The last request to collect a cluster now');
    table.integer('cluster_id').primary().comment('clusters.id');
    table
      .bigInteger('requested_at')
      .notNullable()
      .comment('Epoch milliseconds of the clock of the database');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('collect_requests');
};
