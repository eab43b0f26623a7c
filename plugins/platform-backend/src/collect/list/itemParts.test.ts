import fc from 'fast-check';
import { outlineList, parseParts } from './itemParts';

const PART_BYTES = 64;

function read(body: Buffer, partBytes = PART_BYTES) {
  const outline = outlineList(body);
  return (
    outline && {
      envelope: outline.envelope,
      parts: [...parseParts(body, outline, partBytes)],
    }
  );
}

const typedList = (items: unknown[], metadata: object = {}) =>
  Buffer.from(
    JSON.stringify({
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: { resourceVersion: '7', ...metadata },
      items,
    }),
  );

/** As custom resources are listed: `items` stands in the middle. */
const customList = (items: unknown[]) =>
  Buffer.from(
    JSON.stringify({
      apiVersion: 'example.com/v1',
      items,
      kind: 'ThingList',
      metadata: { continue: 'abc', resourceVersion: '7' },
    }),
  );

const item = fc
  .record({
    name: fc.string({ unit: 'binary', maxLength: 20 }),
    spec: fc.json({ maxDepth: 3 }).map(text => JSON.parse(text)),
    // What looks like the end of an item and the beginning of the next.
    templates: fc.array(
      fc.record({ metadata: fc.record({ name: fc.string() }) }),
      { maxLength: 4 },
    ),
    note: fc.constantFrom('', '},{"metadata":', ']}', '"items":['),
  })
  .map(({ name, ...rest }) => ({ metadata: { name }, ...rest }));

describe('itemParts', () => {
  it('finds the same objects as parsing the whole list, in parts', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(typedList, customList),
        fc.integer({ min: 1, max: 400 }),
        (items, list, partBytes) => {
          const found = read(list(items), partBytes);
          expect(found?.parts.flat()).toEqual(
            JSON.parse(JSON.stringify(items)),
          );
          expect(found?.envelope).toMatchObject({
            metadata: { resourceVersion: '7' },
          });
        },
      ),
    );
  });

  it('makes parts of about the size that is asked for', () => {
    const items = Array.from({ length: 100 }, (_, i) => ({
      metadata: { name: `pod-${i}` },
    }));
    const { parts } = read(typedList(items), 320)!;
    expect(parts.length).toBeGreaterThan(5);
    expect(Math.max(...parts.map(part => part.length))).toBeLessThan(15);
  });

  it.each([
    ['no list', '{"kind":"Status","status":"Failure"}'],
    ['an empty list', '{"kind":"PodList","items":[]}'],
    ['items that are null', '{"kind":"PodList","items":null}'],
    ['items that are no objects', '{"kind":"PodList","items":[1,2]}'],
    ['spaces where Kubernetes has none', '{"items": [{"a":1}]}'],
    ['a list that breaks off', '{"kind":"PodList","items":[{"a":1},{"a":[2]'],
    [
      'an array of that name further down only',
      '{"metadata":{"items":[{"a":1}]},"kind":"PodList"}',
    ],
    [
      'the top-level items after others of that name',
      '{"metadata":{"items":[{"a":1}]},"items":[{"a":2}]}',
    ],
  ])('leaves %s to whoever parses the whole', (_, body) => {
    expect(outlineList(Buffer.from(body))).toBeUndefined();
  });

  it('refuses items that are no JSON', () => {
    const body = Buffer.from('{"items":[{"a":1},{"a":oops},{"a":3}]}');
    expect(() => read(body)).toThrow(SyntaxError);
  });
});
