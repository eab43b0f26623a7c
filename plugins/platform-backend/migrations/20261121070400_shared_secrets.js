// @ts-check

/**
 * Secrets that all replicas share and nobody configures, such as the one that
 * cursors are signed with: a page link must work whichever replica answers.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('shared_secrets', table => {
    table.comment('Secrets that the replicas share; made by the first of them');
    table.string('name', 64).primary().comment('What the secret is for');
    table.text('value').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('shared_secrets');
};
