// @ts-check

/**
 * What was observed of the clusters, how complete that is, and the ledger of
 * the runs that observed it.
 *
 * No foreign keys to `clusters`: each insert would lock the cluster's row, and
 * the rows of a cluster are deleted in one place anyway.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const postgres = knex.client.config.client === 'pg';
  const identifier = postgres ? 'text collate "C"' : 'text';

  await knex.schema.createTable('observed_objects', table => {
    table.comment('The present objects of the clusters, as projected');
    table.integer('cluster_id').notNullable().comment('clusters.id');
    table
      .specificType('collector', identifier)
      .notNullable()
      .comment('Id of the collector that observed it');
    table
      .specificType('key', identifier)
      .notNullable()
      .comment('Unique within cluster and collector; mostly the UID');
    table
      .specificType('namespace', identifier)
      .nullable()
      .comment('Null for cluster-scoped objects');
    table.specificType('name', identifier).notNullable();
    table
      .text('hash')
      .notNullable()
      .comment('Of namespace, name and doc: equal means nothing to write');
    table.jsonb('doc').notNullable().comment('The allow-listed document');
    table.primary(['cluster_id', 'collector', 'key']);
  });

  await knex.schema.createTable('collect_coverage', table => {
    table.comment('What each collector has from each cluster, and how old');
    table.integer('cluster_id').notNullable().comment('clusters.id');
    table.text('collector').notNullable().comment('Id of the collector');
    table
      .integer('objects')
      .notNullable()
      .defaultTo(0)
      .comment('Rows that are stored');
    table
      .bigInteger('complete_at')
      .nullable()
      .comment('When the last complete list was stored');
    table
      .text('complete_rv')
      .nullable()
      .comment('resourceVersion of that list; opaque');
    table
      .bigInteger('attempt_at')
      .nullable()
      .comment('When the last run that ended was started');
    table
      .jsonb('problem')
      .nullable()
      .comment(
        'Why the last attempt did not complete: {code, message, missingRule?}',
      );
    table.primary(['cluster_id', 'collector']);
  });

  await knex.schema.createTable('collect_runs', table => {
    table.comment('The ledger: one row per run of a collector');
    table
      .text('id')
      .primary()
      .comment(
        'UUID made by the replica, so that a repeated insert is one row',
      );
    table.integer('cluster_id').notNullable().comment('clusters.id');
    table.text('collector').notNullable().comment('Id of the collector');
    table.bigInteger('started_at').notNullable();
    table.bigInteger('finished_at').notNullable();
    table.text('outcome').notNullable().comment('success, partial or error');
    table
      .integer('objects')
      .notNullable()
      .comment('Objects the cluster listed');
    table.integer('pages').notNullable();
    table.integer('requests').notNullable();
    table.bigInteger('bytes').notNullable().comment('On the wire');
    table.integer('upserted').notNullable();
    table.integer('deleted').notNullable();
    table.integer('unchanged').notNullable();
    table.text('resource_version').nullable();
    table.text('code').nullable().comment('Stable error code');
    table
      .text('message')
      .nullable()
      .comment('For a person; never holds tokens or bodies');
    table.text('replica').notNullable().comment('Which process ran it');
    table.bigInteger('epoch').notNullable().comment('Epoch of its lease');
    table.index(
      ['cluster_id', 'collector', 'started_at'],
      'collect_runs_cluster_idx',
    );
    table.index(['started_at', 'id'], 'collect_runs_started_idx');
  });

  if (postgres) {
    // Some percent of the pods change in every cycle; a fifth of a table of
    // 400k rows is too long to wait for a vacuum.
    await knex.schema.raw(
      'alter table observed_objects set (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02)',
    );
    await knex.schema.raw(
      'alter table collect_coverage set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200)',
    );
    await knex.schema.raw(
      'alter table collect_runs set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05)',
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('collect_runs');
  await knex.schema.dropTable('collect_coverage');
  await knex.schema.dropTable('observed_objects');
};
