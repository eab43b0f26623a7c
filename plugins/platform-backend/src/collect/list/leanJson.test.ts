import fc from 'fast-check';
import { parseLean } from './leanJson';

const lean = (value: unknown) =>
  parseLean(
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  );

/** What `managedFields` of an API server look like. */
const managedFields = fc.array(
  fc.record({
    manager: fc.string(),
    fieldsType: fc.constant('FieldsV1'),
    fieldsV1: fc.dictionary(
      fc.oneof(
        fc.constantFrom('f:spec', 'k:{"type":"Ready"}', 'k:{"a":"[{}"}'),
        fc.string({ unit: 'binary' }).filter(key => !key.includes('}]')),
      ),
      fc.constant({ '.': {} }),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

const named = {
  name: fc.string({ unit: 'binary' }),
  annotations: fc.dictionary(fc.string(), fc.json()),
};

const spec = fc.json({ maxDepth: 3 }).map(text => JSON.parse(text));

describe('parseLean', () => {
  it('leaves out managedFields, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.record(named), managedFields, fc.boolean(), spec),
          {
            maxLength: 5,
          },
        ),
        items => {
          const [full, without] = [true, false].map(isFull =>
            items.map(([meta, fields, isCustom, rest]) => ({
              // Custom resources have their keys in order, others theirs last.
              metadata: isCustom
                ? {
                    annotations: meta.annotations,
                    ...(isFull && { managedFields: fields }),
                    name: meta.name,
                  }
                : { ...meta, ...(isFull && { managedFields: fields }) },
              spec: rest,
            })),
          );
          expect(lean(full)).toEqual(JSON.parse(JSON.stringify(without)));
        },
      ),
    );
  });

  it('reads what is written otherwise as it is', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            metadata: fc.record({
              ...named,
              managedFields: fc.array(
                fc.dictionary(
                  fc.oneof(
                    fc.string(),
                    fc.constant('}]'),
                    fc.constant('},"a":[{'),
                  ),
                  fc.constantFrom<unknown>([], [{}], [{ a: [{}] }], '}]', '[{'),
                ),
                { maxLength: 3 },
              ),
            }),
            spec,
          }),
          { maxLength: 3 },
        ),
        items => {
          const whole = JSON.parse(JSON.stringify(items));
          const found = lean(items) as typeof items;
          for (const [index, item] of found.entries()) {
            const { managedFields: left, ...meta } = item.metadata;
            const { managedFields: all, ...wholeMeta } = whole[index].metadata;
            expect([undefined, all]).toContainEqual(left);
            expect({ ...item, metadata: meta }).toEqual({
              ...whole[index],
              metadata: wholeMeta,
            });
          }
        },
      ),
    );
  });

  it.each([
    ['a string', '["a,\\"managedFields\\":[{}]"]'],
    ['an empty one', '{"a":1,"managedFields":[],"b":[{}]}'],
    ['one of other things', '{"a":1,"managedFields":[1],"b":[{}]}'],
    ['the first member', '{"managedFields":[{}],"b":1}'],
  ])('keeps what is %s', (_what, json) => {
    expect(lean(json)).toEqual(JSON.parse(json));
  });

  it.each([
    '{"a":1,"managedFields":[{"b":',
    '{"a":1,"managedFields":[{}]',
    '{"a":1,"managedFields":[{}]}}',
  ])('says of the whole text what is wrong with it: %s', json => {
    const reason = (parse: () => unknown) => {
      try {
        return parse();
      } catch (error) {
        return String(error);
      }
    };
    expect(reason(() => lean(json))).toBe(reason(() => JSON.parse(json)));
  });
});
