// @ts-check

/**
 * Lets SQLite compare a list with what is stored without reading documents:
 * they lie between the hashes, and every list reads all hashes of its cluster.
 *
 * Not on Postgres, where an index on a column that changes with every document
 * would keep it from updating rows in place.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client !== 'pg') {
    await knex.schema.raw(
      'create index observed_objects_hash_idx on observed_objects (cluster_id, collector, key, hash)',
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (knex.client.config.client !== 'pg') {
    await knex.schema.raw('drop index observed_objects_hash_idx');
  }
};
