import type { JsonObject } from '@backstage/types';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import { MAX_DOCUMENT_LENGTH } from '../bounds';
import { hasUnstorable, toStorable, toText } from './dialect';

/**
 * The object as both databases can hold it, and every listener with them: text
 * without what they refuse, and a document of a bounded size.
 *
 * @param json - all of its text as JSON, which the caller has at hand already
 * @returns the object itself where there is nothing to change
 */
export function storableObject(
  object: ObservedObject,
  json: string,
): ObservedObject {
  const fitting =
    json.length > MAX_DOCUMENT_LENGTH
      ? { ...object, doc: cutDocument(object.doc) }
      : object;
  if (!hasUnstorable(json)) {
    return fitting;
  }
  return {
    key: fitting.key,
    namespace: fitting.namespace && toText(fitting.namespace),
    name: toText(fitting.name),
    doc: toStorable(fitting.doc) as JsonObject,
  };
}

/**
 * Leaves the largest fields out until the rest fits, and says which under
 * `cut`: what is left out is unknown, not empty.
 */
function cutDocument(doc: JsonObject): JsonObject {
  const sizes = Object.entries(doc)
    .map(([field, value]) => ({
      field,
      size: JSON.stringify(value)?.length ?? 0,
    }))
    .sort((a, b) => a.size - b.size);
  const kept: JsonObject = {};
  let room = MAX_DOCUMENT_LENGTH;
  const cut: string[] = [];
  for (const { field, size } of sizes) {
    room -= field.length + size;
    if (room >= 0) {
      kept[field] = doc[field];
    } else if (cut.length < 100) {
      cut.push(field.slice(0, 100));
    }
  }
  return { ...kept, cut };
}
