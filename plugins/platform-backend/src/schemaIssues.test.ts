import { z } from 'zod';
import { expectationOf, keysAt, schemaAt, valueAt } from './schemaIssues';

const schema = z.strictObject({
  size: z.coerce.number().int().min(1).max(500).default(50),
  order: z.enum(['asc', 'desc']).optional(),
  name: z.string().min(1).max(5).optional(),
  tags: z.preprocess(value => value, z.array(z.string()).max(2).optional()),
  nested: z.strictObject({ list: z.array(z.strictObject({ a: z.int() })) }),
  by: z.record(z.string(), z.strictObject({ b: z.string() })).optional(),
});

const expectations = (input: object): string[] =>
  schema
    .safeParse({ nested: { list: [] }, ...input })
    .error!.issues.map(issue => expectationOf(schema, issue));

describe('expectationOf', () => {
  it.each([
    [{ size: 0 }, 'a whole number from 1 to 500'],
    [{ size: 501 }, 'a whole number from 1 to 500'],
    [{ size: 1.5 }, 'a whole number from 1 to 500'],
    [{ size: 'abc' }, 'a whole number from 1 to 500'],
    [{ order: 'up' }, 'one of asc, desc'],
    [{ order: { $ne: 1 } }, 'one of asc, desc'],
    [{ name: '' }, 'some text'],
    [{ name: 'abcdef' }, 'at most 5 characters'],
    [{ name: ['a', 'b'] }, 'a string'],
    [{ tags: ['a', 'b', 'c'] }, 'at most 2 values'],
    [{ nested: [] }, 'an object'],
  ])('tells what %j should have been', (input, expected) => {
    expect(expectations(input)).toEqual([expected]);
  });
});

describe('schemaAt', () => {
  it('goes through objects, lists, records and what wraps them', () => {
    expect(keysAt(schema, ['nested', 'list', 3])).toEqual(['a']);
    expect(keysAt(schema, ['by', 'anything'])).toEqual(['b']);
    expect(keysAt(schema, [])).toContain('nested');
  });

  it('ends where the schema ends', () => {
    expect(schemaAt(schema, ['name', 'more', 'still'])).toBeUndefined();
    expect(keysAt(schema, ['nowhere'])).toEqual([]);
  });
});

describe('valueAt', () => {
  it('is undefined where the input has nothing', () => {
    expect(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
    expect(valueAt({ a: null }, ['a', 0, 'b'])).toBeUndefined();
  });
});
