import fc from 'fast-check';
import { parseLean } from './leanJson';

const lean = (value: unknown) =>
  parseLean(
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  );

const key = fc.oneof(
  fc.constantFrom(
    'f:spec',
    'k:{"type":"Ready"}',
    'k:{"a":"}}]"}',
    'k:{"a":"}},{"}',
    'k:{"a":',
    '":"',
  ),
  fc.string({ unit: 'binary' }),
);

/** What API servers write: objects in objects. */
const { fields } = fc.letrec(tie => ({
  fields: fc.dictionary(
    key,
    fc.oneof({ maxDepth: 3 }, fc.constant({}), tie('fields')),
    { maxKeys: 4 },
  ),
}));

const manager = fc.record({
  manager: fc.string({ unit: 'binary' }),
  operation: fc.constantFrom('Update', 'Apply'),
  apiVersion: fc.constant('v1'),
  time: fc.constant('2026-11-21T00:00:00Z'),
  fieldsType: fc.constant('FieldsV1'),
  subresource: fc.option(fc.constant('status'), { nil: undefined }),
});

const metadata = fc.record({
  name: fc.string({ unit: 'binary' }),
  annotations: fc.dictionary(fc.string(), fc.json()),
});

const spec = fc.json({ maxDepth: 3 }).map(text => JSON.parse(text));

type Managers = Array<[object & { subresource?: string }, unknown]>;

/** Built-in types are written in the order of their fields. */
const typed = (managers: Managers, isFull: boolean) =>
  managers.map(([{ subresource, ...rest }, fieldsV1]) => ({
    ...rest,
    ...(isFull && { fieldsV1 }),
    ...(subresource && { subresource }),
  }));

/** Custom resources are written in the order of their keys. */
const custom = (managers: Managers, isFull: boolean) =>
  typed(managers, isFull).map(entry =>
    Object.fromEntries(
      Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );

const withoutFields = (text: string) =>
  JSON.parse(text, (name, value) => (name === 'fieldsV1' ? undefined : value));

describe('parseLean', () => {
  it('leaves out fieldsV1, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            metadata,
            fc.array(fc.tuple(manager, fields), { minLength: 1, maxLength: 3 }),
            fc.boolean(),
            spec,
          ),
          { maxLength: 5 },
        ),
        items => {
          const [full, without] = [true, false].map(isFull =>
            items.map(([{ annotations, name }, managers, isCustom, rest]) => ({
              metadata: isCustom
                ? { annotations, managedFields: custom(managers, isFull), name }
                : {
                    name,
                    annotations,
                    managedFields: typed(managers, isFull),
                  },
              spec: rest,
            })),
          );
          // Some stay where a key looked like their end.
          const found = lean(JSON.stringify(full));
          expect(withoutFields(JSON.stringify(found))).toEqual(
            JSON.parse(JSON.stringify(without)),
          );
        },
      ),
    );
  });

  it('leaves them out of what an API server sends', () => {
    const pod = {
      metadata: {
        name: 'a',
        managedFields: [
          {
            manager: 'kube-controller-manager',
            fieldsType: 'FieldsV1',
            fieldsV1: {
              'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
              'f:spec': { 'f:containers': { 'k:{"name":"a"}': { '.': {} } } },
            },
          },
          { manager: 'empty', fieldsV1: {} },
          {
            manager: 'kubelet',
            fieldsV1: { 'f:status': { 'k:{"type":"Ready"}': {} } },
            subresource: 'status',
          },
          { manager: 'last', fieldsV1: { 'f:status': {} } },
        ],
      },
      spec: { containers: [{ name: 'a', env: [{ name: 'b' }] }] },
    };
    const text = JSON.stringify([pod, pod, { metadata: { name: 'b' } }]);
    expect(lean(text)).toEqual(withoutFields(text));
    const sorted = JSON.stringify({
      apiVersion: 'example.com/v1',
      metadata: {
        managedFields: [
          {
            apiVersion: 'v1',
            fieldsV1: { 'f:a': {} },
            manager: 'x',
            time: 't',
          },
          {
            apiVersion: 'v1',
            fieldsV1: { 'f:b': {} },
            manager: 'y',
            time: 't',
          },
        ],
        name: 'c',
      },
      spec: { list: [{ a: { b: {} } }] },
    });
    expect(lean(sorted)).toEqual(withoutFields(sorted));
  });

  it.each([
    ['in a string', '["a,\\"fieldsV1\\":{}"]'],
    ['text', '{"a":1,"fieldsV1":"{}","b":[{}]}'],
    ['the first member', '{"fieldsV1":{"f:a":{}},"b":"c"}'],
    ['with a list in it', '[{"a":1,"fieldsV1":{"b":[{"c":{}}],"d":{}}}]'],
    ['with a text in it', '[{"a":1,"fieldsV1":{"b":{"c":"d"},"e":"f"}}]'],
    ['with only a text in it', '[{"a":1,"fieldsV1":{"b":{"c":"d"}}}]'],
    ['before no text', '{"a":1,"fieldsV1":{"f:b":{}},"c":{},"d":1}'],
    ['of nobody', '{"a":1,"fieldsV1":{"f:b":{}}}'],
  ])('keeps what is %s', (_what, json) => {
    expect(lean(json)).toEqual(JSON.parse(json));
  });

  it.each([
    '[{"a":1,"fieldsV1":{"b":',
    '[{"a":1,"fieldsV1":{}}',
    '[{"a":1,"fieldsV1":{}}]]',
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
