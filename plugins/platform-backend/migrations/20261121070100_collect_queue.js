// @ts-check

/**
 * The work queue of the collector: what is due, who holds it, and which
 * clusters do not answer at the moment.
 *
 * It lives apart from what was observed because it changes with every run,
 * while most runs change nothing that was observed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const postgres = knex.client.config.client === 'pg';

  await knex.schema.createTable('collect_jobs', table => {
    table.comment('One job per cluster and collector, with its lease');
    table.integer('cluster_id').notNullable().comment('clusters.id');
    table.text('collector').notNullable().comment('Id of the collector');
    table
      .bigInteger('due_at')
      .notNullable()
      .comment('Not before this instant (epoch ms, database clock)');
    table
      .bigInteger('lease_until_at')
      .nullable()
      .comment('Held until then; null when nobody works on it');
    table.text('lease_owner').nullable().comment('Replica that holds it');
    table
      .bigInteger('epoch')
      .notNullable()
      .defaultTo(0)
      .comment('Fencing token: grows with every claim and every end');
    table
      .integer('fails')
      .notNullable()
      .defaultTo(0)
      .comment('Failed runs since the last good one');
    table.bigInteger('started_at').nullable().comment('Of the run going on');
    table
      .integer('progress_objects')
      .nullable()
      .comment('Objects of the run going on');
    table
      .integer('progress_expected')
      .nullable()
      .comment('What the server estimates the run will list');
    table.primary(['cluster_id', 'collector']);
    table.index(['due_at'], 'collect_jobs_due_idx');
  });

  await knex.schema.createTable('cluster_breakers', table => {
    table.comment('Circuit breakers: clusters that gave no answer');
    table.integer('cluster_id').primary().comment('clusters.id');
    table
      .integer('fails')
      .notNullable()
      .defaultTo(0)
      .comment('Attempts without an answer since the last answer');
    table
      .bigInteger('open_until_at')
      .nullable()
      .comment('Not null while open: only probed, and not before then');
    table
      .bigInteger('unreachable_since_at')
      .nullable()
      .comment('First attempt without an answer since the last answer');
    table.text('last_error_code').nullable().comment('Of the last failure');
    table.text('last_error_message').nullable().comment('Of the last failure');
    table
      .bigInteger('last_success_at')
      .nullable()
      .comment('When the cluster last answered');
  });

  if (postgres) {
    // Both are small and rewritten all the time: leave room on the page, and
    // vacuum after some hundred changes instead of a fifth of the table.
    await knex.schema.raw(
      'alter table collect_jobs set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200)',
    );
    await knex.schema.raw(
      'alter table cluster_breakers set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200)',
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_breakers');
  await knex.schema.dropTable('collect_jobs');
};
