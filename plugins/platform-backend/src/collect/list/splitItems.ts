const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const CLOSE_OBJECT = 0x7d;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const ITEMS_KEY = Buffer.from('"items"');

/** JSON that would take far more memory than it has bytes. */
export class TooManyValuesError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'TooManyValuesError';
  }
}

/** How much there may be in a list. */
export interface SplitBounds {
  /** Items. */
  maxItems: number;
  /** Objects, arrays and fields of one item, or of all that is no item. */
  maxValues: number;
}

/** Where one item lies in the body, and where the list's items begin and end. */
export interface SplitList {
  /** Byte ranges of the elements of the top-level `items`. */
  items: Array<[start: number, end: number]>;
  /** The list without its items: `{"kind":…,"metadata":…,"items":[]}`. */
  envelope: Buffer;
}

/**
 * Finds the items of a list in its bytes without parsing them.
 *
 * @remarks
 * For bodies that are too large to become objects all at once. It knows
 * strings and nesting and nothing else of JSON; whether an item is valid is
 * found out when it is parsed. All bytes it looks for are ASCII, which never
 * occurs inside a multi-byte character of UTF-8.
 *
 * @returns nothing when the body has no complete top-level `items` array
 * @throws TooManyValuesError
 */
export function splitItems(
  body: Buffer,
  bounds: SplitBounds,
): SplitList | undefined {
  const items: SplitList['items'] = [];
  let depth = 0;
  let arrayStart = -1;
  let itemStart = -1;
  let stringStart = 0;
  let stringEnd = 0;
  let values = 0;
  let outside = 0;

  const countValue = (inItem: boolean) => {
    const counted = inItem ? ++values : ++outside;
    if (counted > bounds.maxValues) {
      throw new TooManyValuesError(
        inItem
          ? `with an object of more than ${bounds.maxValues} fields`
          : `that has more than ${bounds.maxValues} fields beside its objects`,
      );
    }
  };
  const endItem = (at: number) => {
    if (itemStart >= 0) {
      if (items.length === bounds.maxItems) {
        throw new TooManyValuesError(`of more than ${bounds.maxItems} objects`);
      }
      items.push([itemStart, at]);
      itemStart = -1;
      values = 0;
    }
  };

  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    const inItems = arrayStart >= 0 && depth === 2;
    if (inItems && itemStart < 0 && byte > 0x20 && byte !== COMMA) {
      itemStart = byte === CLOSE_ARRAY ? -1 : i;
    }
    if (byte === QUOTE) {
      stringStart = i;
      i = endOfString(body, i);
      stringEnd = i + 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      const isItems =
        byte === OPEN_ARRAY &&
        depth === 1 &&
        body.subarray(stringStart, stringEnd).equals(ITEMS_KEY);
      if (isItems && arrayStart < 0) {
        arrayStart = i;
      }
      depth++;
      countValue(itemStart >= 0);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth--;
      if (arrayStart >= 0 && depth === 1 && byte === CLOSE_ARRAY) {
        endItem(i);
        const envelope = Buffer.concat([
          body.subarray(0, arrayStart + 1),
          body.subarray(i),
        ]);
        return { items, envelope };
      }
    } else if (byte === COMMA) {
      if (inItems) {
        endItem(i);
      } else {
        countValue(itemStart >= 0);
      }
    }
  }
  return undefined;
}

/** The closing quote of the string that opens at `start`, or the end of the body. */
function endOfString(body: Buffer, start: number): number {
  let at = start + 1;
  while (at < body.length) {
    const quote = body.indexOf(QUOTE, at);
    if (quote < 0) {
      return body.length;
    }
    let escapes = 0;
    while (body[quote - 1 - escapes] === BACKSLASH) {
      escapes++;
    }
    if (escapes % 2 === 0) {
      return quote;
    }
    at = quote + 1;
  }
  return body.length;
}
