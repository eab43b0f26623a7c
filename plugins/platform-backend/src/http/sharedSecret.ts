import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';

/**
 * A secret that all replicas share: the first one to ask makes it.
 *
 * @param name - what it is for
 */
export async function sharedSecret(knex: Knex, name: string): Promise<string> {
  await knex('shared_secrets')
    .insert({ name, value: randomBytes(32).toString('base64url') })
    .onConflict('name')
    .ignore();
  const row = await knex('shared_secrets').where({ name }).first('value');
  return row.value;
}
