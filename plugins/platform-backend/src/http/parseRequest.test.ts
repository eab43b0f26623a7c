import { InputError } from '@backstage/errors';
import {
  listClustersRoute,
  listWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';
import { parseRequest } from './parseRequest';

const parse = (query: unknown) =>
  parseRequest(listClustersRoute.query, query, 'Query parameter');

const messageOf = (query: unknown): string => {
  try {
    parse(query);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error('was accepted');
};

describe('parseRequest', () => {
  it('fills in the defaults', () => {
    expect(parse({})).toEqual({ limit: 50, order: 'asc', sort: 'name' });
  });

  it('reads one value and several alike', () => {
    expect(parse({ environment: 'prod' }).environment).toEqual(['prod']);
    expect(parse({ environment: ['prod', 'dev'] }).environment).toEqual([
      'prod',
      'dev',
    ]);
  });

  it.each(['-1', '0', '10000000', '1.5', 'abc', '1e999', '0x1F4x', ' '])(
    'refuses limit=%s by name',
    limit => {
      expect(messageOf({ limit })).toBe(
        `Query parameter "limit": expected a whole number from 1 to 500, got "${limit}"`,
      );
    },
  );

  it('refuses an unknown parameter by name and tells the known ones', () => {
    expect(messageOf({ enviroment: 'prod' })).toMatch(
      /^Query parameter "enviroment" is not known here: the parameters are limit, cursor, order, sort, q, environment/,
    );
  });

  it('tells the choices', () => {
    expect(messageOf({ state: ['fresh', 'gone'] })).toMatch(
      /Query parameter "state": expected one of not_collectable, .*, fresh, got "gone"/,
    );
  });

  it('names every bad parameter at once', () => {
    const message = messageOf({ limit: '-1', sort: 'colour', x: '1' });
    expect(message).toContain('"limit"');
    expect(message).toContain('"sort"');
    expect(message).toContain('"x"');
  });

  it('refuses a nested value and a repeated single one', () => {
    expect(messageOf({ q: { $ne: '' } })).toBe(
      'Query parameter "q": expected a string, got "{\\"$ne\\":\\"\\"}"',
    );
    expect(messageOf({ q: ['a', 'b'] })).toContain('"q": expected a string');
    expect(messageOf({ limit: ['1', '2'] })).toContain('"limit"');
  });

  it('bounds what it repeats of the input', () => {
    const message = messageOf({ q: 'x'.repeat(10_000) });
    expect(message).toContain('at most 253 characters');
    expect(message.length).toBeLessThan(300);
  });

  it('takes markup and SQL as what they are: text', () => {
    const q = `'; drop table clusters; --<script>`;
    expect(
      parseRequest(listWorkloadsRoute.query, { q }, 'Query parameter').q,
    ).toBe(q);
  });
});
