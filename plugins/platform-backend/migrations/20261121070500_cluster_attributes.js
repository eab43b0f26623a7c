// @ts-check

/**
 * What is known about the clusters beyond what they are made of: environment,
 * ring, provider, region, owner, maintenance window, and the name itself.
 *
 * One row per cluster and attribute with the value that counts, because
 * permissions narrow queries by these values: a decision and a page must not
 * have two opinions on what environment a cluster is. A cluster without a row
 * `name` is not resolved yet, and no conditional decision lets it through.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const postgres = knex.client.config.client === 'pg';
  const identifier = postgres ? 'text collate "C"' : 'text';

  await knex.schema.createTable('fleet_cluster_attributes', table => {
    table.comment('Read model: attributes of clusters, the value that counts');
    table.integer('cluster_id').notNullable().comment('clusters.id');
    table
      .specificType('attribute', identifier)
      .notNullable()
      .comment(
        'name, environment, ring, provider, region, owner, maintenanceWindow, entity',
      );
    table
      .specificType('value', identifier)
      .notNullable()
      .comment('Owners and entities as full lower-case entity references');
    table.text('origin').notNullable().comment('config, catalog or cluster');
    table
      .text('detail')
      .nullable()
      .comment('What exactly was read, for a person');
    table
      .jsonb('conflicts')
      .nullable()
      .comment(
        'What less trusted origins say instead: [{value, origin, detail?}]',
      );
    table.primary(['cluster_id', 'attribute']);
    table.index(['attribute', 'value'], 'fleet_cluster_attributes_value_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('fleet_cluster_attributes');
};
