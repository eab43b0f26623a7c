import { parseLean } from './leanJson';

/** A list as Kubernetes writes it, with its items still as bytes. */
export interface ListOutline {
  /** The list without its items. */
  envelope: Record<string, unknown>;
  /** Where the bytes of the items begin and end, without the brackets. */
  start: number;
  end: number;
  /** Between two items: the end of one, and what the first one begins with. */
  boundary: Buffer;
}

const ITEMS = Buffer.from('"items":[');
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COLON = 0x3a;
/** What a list says beside its items is short. */
const MAX_ENVELOPE = 64 * 1024;
const MAX_KEY = 64;

/**
 * Finds the items in the bytes of a list that is written as Kubernetes writes
 * them: without spaces, `items` with objects, every item with the same first
 * field.
 *
 * @returns nothing for what is written otherwise, or is no list, or breaks off
 */
export function outlineList(body: Buffer): ListOutline | undefined {
  const key = body.subarray(0, MAX_ENVELOPE).indexOf(ITEMS);
  const start = key + ITEMS.length;
  const end = body.lastIndexOf(CLOSE_ARRAY);
  if (key < 0 || end < start || body.length - end > MAX_ENVELOPE) {
    return undefined;
  }
  const colon = body.subarray(start, start + MAX_KEY).indexOf(COLON);
  const opening = body.subarray(start, start + colon + 1);
  if (colon < 0 || !opening.toString('latin1').startsWith('{"')) {
    return undefined;
  }
  const envelope = parseEnvelope(body, start, end);
  return (
    envelope && {
      envelope,
      start,
      end,
      boundary: Buffer.concat([Buffer.from('},'), opening]),
    }
  );
}

/**
 * The items are left out by writing one number in their place: found again in
 * the top-level `items`, it proves that these are the brackets of that array,
 * and of no other of that name.
 */
function parseEnvelope(
  body: Buffer,
  start: number,
  end: number,
): Record<string, unknown> | undefined {
  const text = `${body.toString('utf8', 0, start)}0${body.toString(
    'utf8',
    end,
  )}`;
  try {
    const envelope = JSON.parse(text);
    const { items } = envelope;
    return Array.isArray(items) && items.length === 1 && items[0] === 0
      ? envelope
      : undefined;
  } catch {
    // Whoever parses the whole body finds out what is wrong with it.
    return undefined;
  }
}

/**
 * Parses the items in parts of about that many bytes.
 *
 * @remarks
 * Native parsing needs no help, but what it makes of a whole page is still
 * alive when the garbage collector comes by, who then copies it, twice, and
 * marks the whole heap for the room it took: together dearer than the parsing.
 * A part is used and dead before that.
 *
 * A boundary may also lie within an item. Then the part does not parse, for
 * its brackets do not match, and takes in the next ones as well. Parts that
 * all parse are the array: nothing but its elements and commas was cut apart.
 *
 * The commas around a part become brackets in `body`, which so is of no use
 * afterwards.
 *
 * @throws SyntaxError when the rest of the items is no JSON
 */
export function* parseParts(
  body: Buffer,
  { start, end, boundary }: ListOutline,
  partBytes: number,
): Generator<unknown[], void, void> {
  for (let from = start, to: number; from < end; from = to + 1) {
    for (let bytes = partBytes; ; bytes *= 2) {
      const cut = body.indexOf(boundary, from + bytes);
      to = cut < 0 || cut >= end ? end : cut + 1;
      const part = parsePart(body, from, to);
      if (part) {
        yield part;
        break;
      }
      if (to === end) {
        throw new SyntaxError('The items of the list are no JSON');
      }
    }
  }
}

/** @returns nothing for what is no JSON */
function parsePart(
  body: Buffer,
  from: number,
  to: number,
): unknown[] | undefined {
  const after = body[to];
  body[from - 1] = OPEN_ARRAY;
  body[to] = CLOSE_ARRAY;
  try {
    return parseLean(body.subarray(from - 1, to + 1)) as unknown[];
  } catch {
    body[to] = after;
    return undefined;
  }
}
