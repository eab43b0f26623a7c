// @ts-check

/**
 * What the Fleet pages read: one row per cluster and per workload, kept in the
 * transactions that change the observed objects, so that a page never has to
 * open documents. And one row per cluster and day for its history.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const postgres = knex.client.config.client === 'pg';
  const identifier = postgres ? 'text collate "C"' : 'text';

  await knex.schema.createTable('fleet_clusters', table => {
    table.comment('Read model: clusters. Null means not known, never zero');
    table.integer('cluster_id').primary().comment('clusters.id');
    table.text('git_version').nullable().comment('As the API server says it');
    table.text('minor').nullable().comment('Effective minor, such as 1.34');
    table
      .boolean('emulated')
      .nullable()
      .comment('Whether minor is an emulated version');
    table.integer('nodes_total').nullable();
    table.integer('nodes_ready').nullable();
    table.integer('namespaces').nullable();
    table.integer('workloads_total').nullable();
    table.integer('workloads_not_ready').nullable();
    table
      .integer('pods_total')
      .nullable()
      .comment('Pods that are not finished');
    table.integer('pods_ready').nullable();
    table
      .jsonb('provider')
      .nullable()
      .comment('Attribute with its origin: {value, origin, detail?}');
    table
      .jsonb('region')
      .nullable()
      .comment('Attribute with its origin: {value, origin, detail?}');
    table.jsonb('node_pools').nullable().comment('Node pools');
  });

  await knex.schema.createTable('fleet_workloads', table => {
    table.comment('Read model: workloads. Null means not known, never zero');
    table.integer('cluster_id').notNullable().comment('clusters.id');
    table
      .specificType('key', identifier)
      .notNullable()
      .comment('Key of the observed object');
    table.specificType('kind', identifier).notNullable();
    table.specificType('namespace', identifier).notNullable();
    table.specificType('name', identifier).notNullable();
    table.specificType('status', identifier).notNullable();
    table.text('status_message').nullable();
    table.integer('desired').nullable();
    table.integer('ready').nullable();
    table.jsonb('images').notNullable();
    table
      .text('image_text')
      .notNullable()
      .comment('All image references in lower case, for searching');
    table.jsonb('pods').nullable();
    table.bigInteger('created_at').nullable();
    table.primary(['cluster_id', 'key']);
    table.index(
      ['cluster_id', 'namespace', 'name'],
      'fleet_workloads_cluster_idx',
    );
    table.index(['name', 'cluster_id', 'key'], 'fleet_workloads_name_idx');
    table.index(
      ['namespace', 'name', 'cluster_id', 'key'],
      'fleet_workloads_namespace_idx',
    );
    table.index(
      ['kind', 'name', 'cluster_id', 'key'],
      'fleet_workloads_kind_idx',
    );
    table.index(
      ['status', 'name', 'cluster_id', 'key'],
      'fleet_workloads_status_idx',
    );
  });

  await knex.schema.createTable('cluster_history', table => {
    table.comment('One row per cluster and day');
    table.integer('cluster_id').notNullable().comment('clusters.id');
    table.string('day', 10).notNullable().comment('YYYY-MM-DD, UTC');
    table.text('version').nullable().comment('gitVersion');
    table.integer('nodes').nullable();
    table.integer('workloads').nullable();
    table.primary(['cluster_id', 'day']);
  });

  if (postgres) {
    await knex.schema.raw(
      'alter table fleet_workloads set (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02)',
    );
    await knex.schema.raw(
      'alter table fleet_clusters set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200)',
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_history');
  await knex.schema.dropTable('fleet_workloads');
  await knex.schema.dropTable('fleet_clusters');
};
