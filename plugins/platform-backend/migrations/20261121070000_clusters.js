// @ts-check

/**
 * Who the clusters are, and how the list they come from is doing.
 *
 * A cluster is a name together with an identity (the UID of its `kube-system`
 * namespace). A name that starts to lead to another identity gets another row,
 * so that the objects of two clusters are never mixed under one id. That is
 * why the name is unique only among active rows.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Byte order on both databases: one sort order, and an index that serves it.
  const identifier =
    knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';

  await knex.schema.createTable('clusters', table => {
    table.comment('Clusters: one row per name and identity');
    table
      .increments('id')
      .comment('Keys everything that is stored of a cluster');
    table
      .specificType('name', identifier)
      .notNullable()
      .comment('Name in the cluster list of the Kubernetes plugin');
    table.text('title').nullable().comment('Display name of the list');
    table
      .text('uid')
      .nullable()
      .comment('UID of the kube-system namespace; null until it was read');
    table
      .text('auth_provider')
      .notNullable()
      .comment('Authentication strategy of the Kubernetes plugin');
    table
      .text('access')
      .nullable()
      .comment('direct or proxy; null when there is no way in');
    table
      .jsonb('access_problem')
      .nullable()
      .comment('Why there is no way in: {code, message, remedy?}');
    table
      .integer('duplicate_of')
      .nullable()
      .references('id')
      .inTable('clusters')
      .onDelete('SET NULL')
      .comment('The row under which this same cluster is collected already');
    table
      .boolean('active')
      .notNullable()
      .comment('False for rows whose name leads elsewhere now, or is gone');
    table
      .bigInteger('first_seen_at')
      .notNullable()
      .comment('Epoch milliseconds of the database clock');
    table
      .bigInteger('last_listed_at')
      .notNullable()
      .comment('When the cluster list last named it');
    table
      .bigInteger('missing_since_at')
      .nullable()
      .comment('First healthy cluster list that did not name it');
    table
      .bigInteger('verified_at')
      .nullable()
      .comment('When its identity was last read and found right');
    table
      .bigInteger('replaced_at')
      .nullable()
      .comment('When its name started to lead to another cluster');
    table
      .bigInteger('removed_at')
      .nullable()
      .comment('When it was given up after its grace period');
    table.index(['uid'], 'clusters_uid_idx');
  });
  await knex.schema.raw(
    'create unique index clusters_active_name_idx on clusters (name) where active',
  );

  await knex.schema.createTable('cluster_list_state', table => {
    table.comment('How the cluster list is doing; one row');
    table.integer('id').primary().comment('Always 1');
    table
      .bigInteger('synced_at')
      .nullable()
      .comment('When the list was last read completely');
    table
      .text('error')
      .nullable()
      .comment('What went wrong with the last attempt; null when nothing did');
  });
  await knex('cluster_list_state').insert({ id: 1 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_list_state');
  await knex.schema.dropTable('clusters');
};
