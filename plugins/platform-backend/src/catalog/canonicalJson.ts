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
