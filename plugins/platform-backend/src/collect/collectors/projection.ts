import type { JsonArray, JsonObject, JsonValue } from '@backstage/types';

/**
 * Readers for what an API server sent: each takes anything and gives the one
 * shape it is named after, or nothing. None of them ever copies a subtree, so
 * a document holds what its projection names and nothing else.
 */

/** Longest text of a single field; an image reference has at most 255 characters. */
const MAX_TEXT = 512;
/** Longest list within one document. */
const MAX_ITEMS = 100;
/** Longest key of a label or annotation: a prefix of 253, a slash, and 63. */
const MAX_KEY = 317;
/** The numbers of the API that are counted are of 32 bits. */
const MAX_WHOLE = 2 ** 31 - 1;

/** An object to read from; empty where there is none. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The objects of a list, at most a hundred of them. */
export function records(
  value: unknown,
  max: number = MAX_ITEMS,
): Array<Record<string, unknown>> {
  return Array.isArray(value) ? value.slice(0, max).map(record) : [];
}

/** A text, cut to its greatest length. */
export function text(
  value: unknown,
  max: number = MAX_TEXT,
): string | undefined {
  return typeof value === 'string' ? cut(value, max) : undefined;
}

/**
 * The beginning of a text. It is copied where it is shorter: a slice would hold
 * the whole of it in memory, and a row is kept for as long as the list.
 */
function cut(value: string, max: number): string {
  return value.length <= max
    ? value
    : Buffer.from(value.slice(0, max)).toString();
}

/** The texts of a list, at most a hundred of them. */
export function texts(value: unknown): string[] | undefined {
  return Array.isArray(value)
    ? value
        .slice(0, MAX_ITEMS)
        .flatMap(item => (typeof item === 'string' ? [text(item)!] : []))
    : undefined;
}

/** A whole number of 32 bits, which is what a column holds. */
export function whole(value: unknown): number | undefined {
  return Number.isInteger(value) && Math.abs(value as number) <= MAX_WHOLE
    ? (value as number)
    : undefined;
}

/** A whole number, 0 where the API server leaves zero out. */
export function count(value: unknown): number {
  return whole(value) ?? 0;
}

/** `true` or `false`. */
export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** A number or a text: a port by number or name, a count or a percentage. */
export function numberOrText(value: unknown): number | string | undefined {
  return whole(value) ?? text(value, 64);
}

/** A quantity such as `500m` or `2Gi`; some clients send bare numbers. */
export function quantity(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value, 64);
}

/** Quantities by name, such as requests and limits. */
export function quantities(value: unknown): JsonObject | undefined {
  return entries(value, item => quantity(item));
}

/** Chosen quantities. */
export function pickQuantities(
  value: unknown,
  names: readonly string[],
): JsonObject {
  const source = record(value);
  return compact(
    Object.fromEntries(names.map(name => [name, quantity(source[name])])),
  );
}

/** Short texts by key, as labels and selectors have; at most a hundred. */
export function textMap(
  value: unknown,
  allowed: (key: string) => boolean = () => true,
  max: number = 63,
): JsonObject {
  return (
    entries(value, (item, key) =>
      allowed(key) ? text(item, max) : undefined,
    ) ?? {}
  );
}

/**
 * Fields as a document: what is `undefined` is left out when it is written as
 * JSON.
 *
 * @remarks
 * Nothing is copied. This runs dozens of times for every object, and copies
 * key by key took longer than parsing the object.
 */
export function compact(
  fields: Record<string, JsonValue | undefined>,
): JsonObject {
  return fields as JsonObject;
}

/** A list of such objects. */
export function compactAll(
  items: Array<Record<string, JsonValue | undefined>>,
): JsonArray {
  return items.map(compact);
}

/**
 * The first hundred entries that `read` takes. API servers send maps sorted by
 * key, so these are the same ones at every run.
 */
function entries(
  value: unknown,
  read: (item: unknown, key: string) => string | undefined,
): JsonObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const source = value as Record<string, unknown>;
  const found: JsonObject = {};
  let size = 0;
  for (const key of Object.keys(source)) {
    const item = read(source[key], key);
    if (item !== undefined) {
      found[cut(key, MAX_KEY)] = item;
      size++;
    }
    if (size === MAX_ITEMS) {
      break;
    }
  }
  return found;
}
