const FIELDS = Buffer.from(',"fieldsV1":{');
/** The end of `fieldsV1` and of its entry, before the next one or none. */
const END_BEFORE_ENTRY = Buffer.from('}},{"');
const END_OF_ENTRIES = Buffer.from('}}]');
/** Between a key and a text. */
const KEY_OF_TEXT = Buffer.from('":"');
const NEXT_KEY = Buffer.from(',"');
const CLOSE_OBJECT = 0x7d;

/**
 * Where the shorter texts are put together. New memory each time would make V8
 * mark the whole heap more often.
 */
const scratch = Buffer.allocUnsafe(1024 * 1024);

/** Where something is in a text, one place after the other. */
class Occurrences {
  private place = -1;

  constructor(private readonly text: Buffer, private readonly what: Buffer) {}

  /** The first that does not begin before a place; `Infinity` for none. */
  after(from: number): number {
    if (this.place < from) {
      const found = this.text.indexOf(this.what, from);
      this.place = found < 0 ? Infinity : found;
    }
    return this.place;
  }
}

/**
 * Parses JSON of Kubernetes without `fieldsV1`: which fields which manager of
 * an object owns. They are a third of a pod, nothing of them is ever used, and
 * they would take their share of parsing and of the garbage it leaves.
 *
 * @remarks
 * What is looked for cannot lie within a string, where its quotes would have a
 * backslash before them: it begins a member of an object. In `fieldsV1` there
 * are only objects in objects. So it ends where the first text follows, in the
 * same entry of `managedFields`, or where that entry ends before one does.
 * Where other things are in it, or a string looks like its end, the brackets or
 * quotes of what remains do not match: then it is no JSON, and the whole text is
 * parsed. (A cluster can think up an object in which they match after all. It
 * could also just lie.)
 *
 * @throws SyntaxError about the whole text when that is no JSON
 */
export function parseLean(json: Buffer): unknown {
  const lean = withoutFields(json);
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
function withoutFields(json: Buffer): Buffer | undefined {
  let start = json.indexOf(FIELDS);
  if (start < 0) {
    return undefined;
  }
  const lean =
    json.length <= scratch.length ? scratch : Buffer.allocUnsafe(json.length);
  const ends = new Occurrences(json, END_OF_ENTRIES);
  const endsBeforeEntry = new Occurrences(json, END_BEFORE_ENTRY);
  const texts = new Occurrences(json, KEY_OF_TEXT);
  let length = 0;
  let from = 0;
  while (start >= 0) {
    const inside = start + FIELDS.length;
    const text = texts.after(inside);
    const entryEnd = Math.min(
      ends.after(inside),
      endsBeforeEntry.after(inside),
    );
    if (entryEnd === Infinity && text === Infinity) {
      break;
    }
    const end =
      entryEnd < text ? entryEnd + 1 : json.lastIndexOf(NEXT_KEY, text - 1);
    if (end <= start || json[end - 1] !== CLOSE_OBJECT) {
      break;
    }
    length += json.copy(lean, length, from, start);
    from = end;
    start = json.indexOf(FIELDS, end);
  }
  length += json.copy(lean, length, from);
  return lean.subarray(0, length);
}
