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

  it.each([
    ['-1', 'a number of at least 1'],
    ['0', 'a number of at least 1'],
    ['10000000', 'a number of at most 500'],
    ['1.5', 'a whole number'],
    ['abc', 'one number'],
  ])('refuses limit=%s by name', (limit, expected) => {
    expect(messageOf({ limit })).toBe(
      `Query parameter "limit": expected ${expected}, got "${limit}"`,
    );
  });

  it('refuses an unknown parameter by name and tells the known ones', () => {
    expect(messageOf({ enviroment: 'prod' })).toMatch(
      /^Query parameter "enviroment" is not known here: the parameters are limit, cursor, order, sort, q, environment/,
    );
  });

  it('tells the choices', () => {
    expect(messageOf({ state: ['fresh', 'gone'] })).toMatch(
      /Query parameter "state": expected one of not_collectable, .*, fresh, got "(gone|fresh,gone)"/,
    );
  });

  it('names every bad parameter at once', () => {
    const message = messageOf({ limit: '-1', sort: 'colour', x: '1' });
    expect(message).toContain('"limit"');
    expect(message).toContain('"sort"');
    expect(message).toContain('"x"');
  });

  it('refuses a nested value and a repeated single one', () => {
    expect(messageOf({ q: { $ne: '' } })).toContain('"q": expected one string');
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
