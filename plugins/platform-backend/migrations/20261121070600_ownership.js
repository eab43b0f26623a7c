// @ts-check

/**
 * Whose workloads are: a copy of what the catalog says that ownership is made
 * of, how current that copy is, and for each workload the entities it belongs
 * to with the rule that said so.
 *
 * `fleet_workloads` gets what lists filter and sort by: the rank of the
 * verdict, so that the worst come first, and whether somebody owns it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const postgres = knex.client.config.client === 'pg';
  const identifier = postgres ? 'text collate "C"' : 'text';

  await knex.schema.createTable('catalog_entities', table => {
    table.comment('Entities of the catalog, as far as ownership needs them');
    table
      .specificType('entity_ref', identifier)
      .primary()
      .comment('Full reference in lower case');
    table
      .specificType('cluster_name', identifier)
      .nullable()
      .comment('The cluster that this resource describes');
    table.text('hash').notNullable().comment('Of doc: equal means no write');
    table.jsonb('doc').notNullable();
    table
      .bigInteger('revision')
      .notNullable()
      .comment('catalog_index_state.revision that wrote it last');
    table.index(['revision'], 'catalog_entities_revision_idx');
    table.index(['cluster_name'], 'catalog_entities_cluster_idx');
  });

  await knex.schema.createTable('catalog_index_state', table => {
    table.comment('How current the copy of the catalog is; one row');
    table.integer('id').primary().comment('Always 1');
    table
      .bigInteger('revision')
      .notNullable()
      .comment('Grows with every change of catalog_entities');
    table
      .bigInteger('deleted_revision')
      .notNullable()
      .comment('The last revision that deleted entities');
    table
      .bigInteger('evaluated_revision')
      .notNullable()
      .comment('The revision that all workloads were compared with');
    table
      .bigInteger('complete_at')
      .nullable()
      .comment('When the whole catalog was last read; null: ownership unknown');
    table
      .text('error')
      .nullable()
      .comment('What went wrong with the last attempt; null when nothing did');
  });
  await knex('catalog_index_state').insert({
    id: 1,
    revision: 0,
    deleted_revision: 0,
    evaluated_revision: 0,
  });

  await knex.schema.createTable('fleet_workload_owners', table => {
    table.comment('Read model: the entities that workloads belong to');
    table.integer('cluster_id').notNullable().comment('clusters.id');
    table
      .specificType('key', identifier)
      .notNullable()
      .comment('fleet_workloads.key');
    table.specificType('entity_ref', identifier).notNullable();
    table
      .specificType('owner_ref', identifier)
      .nullable()
      .comment('The group or user that owns the entity');
    table
      .specificType('system_ref', identifier)
      .nullable()
      .comment('The system that the entity is part of');
    table
      .text('rule')
      .notNullable()
      .comment('kubernetes-id, label-selector, namespace-owner or root-owner');
    table.text('detail').notNullable().comment('What matched, for a person');
    table.primary(['cluster_id', 'key', 'entity_ref']);
    table.index(
      ['entity_ref', 'cluster_id', 'key'],
      'fleet_workload_owners_entity_idx',
    );
    table.index(
      ['owner_ref', 'cluster_id', 'key'],
      'fleet_workload_owners_owner_idx',
    );
    table.index(
      ['system_ref', 'cluster_id', 'key'],
      'fleet_workload_owners_system_idx',
    );
  });

  await knex.schema.alterTable('fleet_workloads', table => {
    table
      .integer('status_rank')
      .notNullable()
      .defaultTo(0)
      .comment('Place of the status among the verdicts, the worst first');
    table
      .boolean('owned')
      .nullable()
      .comment('Null until the catalog was read for the first time');
    table
      .text('owner_problem')
      .nullable()
      .comment('A claim that names no entity of the catalog, for a person');
    table
      .specificType('parent_key', identifier)
      .nullable()
      .comment('UID of the object that made this one, by ownerReferences');
  });
  // Rows are there already; a page must not wait for their next change.
  const ranks = [
    'failed',
    'not_ready',
    'progressing',
    'unknown',
    'scaled_down',
    'suspended',
    'ready',
    'completed',
  ];
  for (const [rank, status] of ranks.entries()) {
    await knex('fleet_workloads')
      .where({ status })
      .update({ status_rank: rank });
  }
  await knex.schema.alterTable('fleet_workloads', table => {
    table.dropIndex([], 'fleet_workloads_status_idx');
    table.index(
      ['status_rank', 'name', 'cluster_id', 'key'],
      'fleet_workloads_rank_idx',
    );
  });
  await knex.schema.raw(
    'create index fleet_workloads_unowned_idx on fleet_workloads (name, cluster_id, key) where not owned',
  );
  await knex.schema.raw(
    'create index fleet_workloads_parent_idx on fleet_workloads (cluster_id, parent_key) where parent_key is not null',
  );

  if (postgres) {
    await knex.schema.raw(
      'alter table fleet_workload_owners set (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02)',
    );
    await knex.schema.raw(
      'alter table catalog_entities set (autovacuum_vacuum_scale_factor = 0.02)',
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const index of ['parent', 'unowned', 'rank']) {
    await knex.schema.raw(`drop index fleet_workloads_${index}_idx`);
  }
  await knex.schema.alterTable('fleet_workloads', table => {
    table.dropColumns('status_rank', 'owned', 'owner_problem', 'parent_key');
    table.index(
      ['status', 'name', 'cluster_id', 'key'],
      'fleet_workloads_status_idx',
    );
  });
  await knex.schema.dropTable('fleet_workload_owners');
  await knex.schema.dropTable('catalog_index_state');
  await knex.schema.dropTable('catalog_entities');
};
