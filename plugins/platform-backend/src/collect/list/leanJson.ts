const MANAGED_FIELDS = Buffer.from(',"managedFields":[{');
const END_OF_ENTRIES = Buffer.from('}]');
const COMMA = 0x2c;
const CLOSE_OBJECT = 0x7d;

/**
 * Where the shorter texts are put together. New memory each time would make V8
 * mark the whole heap twice as often.
 */
const scratch = Buffer.allocUnsafe(1024 * 1024);

/**
 * Parses JSON of Kubernetes without most of its `managedFields`: two fifths of
 * a pod, of which nothing is ever used, and which would take their share of
 * parsing and of the garbage it leaves.
 *
 * @remarks
 * What is looked for cannot lie within a string, where its quotes would have a
 * backslash before them: it begins a member of an object. The first `}]` after
 * it is the end of the array, because the entries of `managedFields` hold no
 * arrays. Where one does, too few brackets are left out, and where a string
 * holds these two characters, an odd number of quotes: the rest is no JSON
 * then, and the whole text is parsed. (A cluster can think up names that even
 * each other out. It can also just lie.)
 *
 * @throws SyntaxError about the whole text when that is no JSON
 */
export function parseLean(json: Buffer): unknown {
  const lean = withoutManagedFields(json);
  if (lean) {
    try {
      return JSON.parse(lean.toString('utf8'));
    } catch {
      // The whole text says whether anything is wrong with it.
    }
  }
  return JSON.parse(json.toString('utf8'));
}

/** @returns nothing when there is nothing to leave out */
function withoutManagedFields(json: Buffer): Buffer | undefined {
  let start = json.indexOf(MANAGED_FIELDS);
  if (start < 0) {
    return undefined;
  }
  const lean =
    json.length <= scratch.length ? scratch : Buffer.allocUnsafe(json.length);
  let length = 0;
  let from = 0;
  while (start >= 0) {
    const end = json.indexOf(END_OF_ENTRIES, start + MANAGED_FIELDS.length);
    const to = end + END_OF_ENTRIES.length;
    if (end < 0 || (json[to] !== COMMA && json[to] !== CLOSE_OBJECT)) {
      break;
    }
    length += json.copy(lean, length, from, start);
    from = to;
    start = json.indexOf(MANAGED_FIELDS, to);
  }
  length += json.copy(lean, length, from);
  return lean.subarray(0, length);
}
