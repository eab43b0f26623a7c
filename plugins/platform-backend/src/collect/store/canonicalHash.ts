import { createHash } from 'node:crypto';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';

/**
 * JSON with the keys of every object in order, so that equal documents are
 * equal text. Entries that are `undefined` are left out, as in JSON.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value) ?? 'null';
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  const entries = value as Record<string, unknown>;
  let json = '';
  for (const key of Object.keys(entries).sort()) {
    const entry = entries[key];
    if (entry !== undefined) {
      json += `${json && ','}${JSON.stringify(key)}:${canonicalJson(entry)}`;
    }
  }
  return `{${json}}`;
}

/** Everything that is stored of an object beside its key, as canonical JSON. */
export function canonicalObject(object: ObservedObject): string {
  return canonicalJson([object.namespace, object.name, object.doc]);
}

/**
 * What tells whether an object has to be written again: 128 bits of SHA-256
 * over its {@link canonicalObject}, in base64url. One hash per object of a list
 * is held in memory, so it is no longer than it has to be.
 */
export function canonicalHash(canonical: string): string {
  return createHash('sha256')
    .update(canonical)
    .digest('base64url')
    .slice(0, 22);
}
