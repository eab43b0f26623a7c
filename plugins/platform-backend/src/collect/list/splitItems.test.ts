import fc from 'fast-check';
import { splitItems } from './splitItems';

const WIDE = { maxItems: 1_000, maxValues: 10_000 };

/** What the splitter finds, parsed. */
function split(text: string) {
  const body = Buffer.from(text);
  const found = splitItems(body, WIDE);
  return (
    found && {
      items: found.items.map(([start, end]) =>
        JSON.parse(body.subarray(start, end).toString()),
      ),
      envelope: JSON.parse(found.envelope.toString()),
    }
  );
}

describe('splitItems', () => {
  it('finds the same as JSON.parse in any list, whatever the strings and the nesting', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 4 })),
        fc.jsonValue({ maxDepth: 2 }),
        fc.constantFrom(0, 2),
        (items, metadata, indent) => {
          const list = { kind: 'PodList', metadata, items, after: 'x' };
          expect(split(JSON.stringify(list, null, indent))).toEqual({
            items: JSON.parse(JSON.stringify(items)),
            envelope: JSON.parse(JSON.stringify({ ...list, items: [] })),
          });
        },
      ),
    );
  });

  it('does not take an inner "items" for the list', () => {
    expect(
      split(
        '{"metadata":{"items":[1]},"kind":"items","items":[{"items":[2]}]}',
      ),
    ).toEqual({
      items: [{ items: [2] }],
      envelope: { metadata: { items: [1] }, kind: 'items', items: [] },
    });
  });

  it.each([
    ['that breaks off in an item', '{"items":[{"a":1},{"b"'],
    ['that breaks off in a string', '{"items":["a'],
    ['that breaks off after an escape', '{"items":["a\\'],
    ['without items', '{"kind":"Status"}'],
    ['that is empty', ''],
  ])('finds nothing in a body %s', (_, text) => {
    expect(splitItems(Buffer.from(text), WIDE)).toBeUndefined();
  });

  it.each([
    ['items', `{"items":[${'1,'.repeat(20)}1]}`, 'of more than 20 objects'],
    [
      'fields in an item',
      `{"items":[1,{"a":${'['.repeat(100)}${']'.repeat(100)}}]}`,
      'with an object of more than 50 fields',
    ],
    [
      'fields beside the items',
      `{"metadata":[${'{},'.repeat(50)}{}],"items":[]}`,
      'more than 50 fields beside its objects',
    ],
  ])('refuses too many %s before they become objects', (_, text, words) => {
    expect(() =>
      splitItems(Buffer.from(text), { maxItems: 20, maxValues: 50 }),
    ).toThrow(words);
  });
});
