import type { ListCollector } from '@roadbed/backstage-plugin-platform-node';
import {
  ScriptedConnection,
  type ScriptedAnswer,
} from '../__testUtils__/ScriptedConnection';
import { ClusterReader } from './ClusterReader';
import { DEFAULT_LIST_BOUNDS } from '../bounds';
import { listPages, type ListEvent } from './listPages';

const collector: ListCollector = {
  type: 'list',
  id: 'pods',
  title: 'Pods',
  cadence: { minutes: 5 },
  resource: {
    group: '',
    versions: ['v1'],
    resource: 'pods',
    kind: 'Pod',
    namespaced: true,
  },
  verbs: ['list'],
  body: 'full',
};

interface PageOptions {
  version?: string;
  next?: string;
  remaining?: number;
  padding?: number;
  names?: string[];
}

function page(options: PageOptions): ScriptedAnswer {
  const {
    version = '7',
    next,
    remaining,
    padding = 0,
    names = ['a'],
  } = options;
  return {
    json: {
      kind: 'PodList',
      metadata: {
        resourceVersion: version,
        continue: next,
        remainingItemCount: remaining,
      },
      items: names.map(name => ({
        metadata: { name },
        spec: { padding: ' '.repeat(padding) },
      })),
    },
  };
}

const expired = (token: string): ScriptedAnswer => ({
  status: 410,
  json: {
    kind: 'Status',
    reason: 'Expired',
    metadata: { continue: token },
  },
});

function start(
  answers: ScriptedAnswer[],
  signal = new AbortController().signal,
) {
  const connection = new ScriptedConnection(
    (_, index) => answers[Math.min(index, answers.length - 1)],
  );
  const events = listPages({
    reader: new ClusterReader(connection, signal),
    collector,
    path: '/api/v1/pods',
    signal,
    bounds: DEFAULT_LIST_BOUNDS,
    onPage: () => undefined,
  });
  return { connection, events };
}

async function list(answers: ScriptedAnswer[]) {
  const { connection, events } = start(answers);
  const told: ListEvent[] = [];
  let failure: unknown;
  try {
    for await (const event of events) {
      told.push(event);
    }
  } catch (error) {
    failure = error;
  }
  return {
    types: told.map(event => event.type),
    told,
    failure,
    queries: connection.requests.map(request => request.query),
  };
}

const MEBIBYTE = 1024 * 1024;

describe('listPages', () => {
  it('collection B4.1 asks for 500 without a version, then goes on by the token', async () => {
    const { types, queries, told } = await list([
      page({ next: 'two', remaining: 1, padding: 2 * MEBIBYTE }),
      page({ names: ['b'] }),
    ]);
    expect(queries).toEqual([
      { limit: '500' },
      { limit: '500', continue: 'two' },
    ]);
    expect(types).toEqual(['objects', 'objects', 'complete']);
    expect(told.at(-1)).toEqual({ type: 'complete', resourceVersion: '7' });
  });

  it('collection B4.4 tells the estimate of the server as an expectation only', async () => {
    const { told } = await list([
      page({ next: 'two', remaining: 41 }),
      page({ next: 'three' }),
      page({}),
    ]);
    expect(
      told.flatMap(event => (event.type === 'objects' ? [event.expected] : [])),
    ).toEqual([42, undefined, 3]);
  });

  it('collection B3 halves the limit after large pages and doubles it after small ones, within bounds', async () => {
    const { queries } = await list([
      page({ next: '2', padding: 9 * MEBIBYTE }),
      page({ next: '3', padding: 2 * MEBIBYTE }),
      page({ next: '4' }),
      page({ next: '5' }),
      page({ next: '6' }),
      page({ next: '7' }),
      page({}),
    ]);
    expect(queries.map(query => query?.limit)).toEqual([
      '500',
      '250',
      '250',
      '500',
      '1000',
      '2000',
      '2000',
    ]);
  });

  it('collection B7.1 pages of different versions prove nothing', async () => {
    const { types, failure } = await list([
      page({ version: '7', next: 'two' }),
      page({ version: '8', names: ['b'] }),
    ]);
    expect(types).toEqual(['objects', 'objects']);
    expect(failure).toMatchObject({
      code: 'malformed',
      message: expect.stringContaining('different versions'),
    });
  });

  it('collection B7.1 several pages without a version prove nothing, one alone is complete', async () => {
    const { failure } = await list([
      page({ version: '', next: 'two' }),
      page({ version: '' }),
    ]);
    expect(failure).toMatchObject({ code: 'malformed' });
    const { told } = await list([page({ version: '' })]);
    expect(told.at(-1)).toEqual({ type: 'complete', resourceVersion: null });
  });

  it('collection B4.3 doubles the limit after one 410, then reads in one piece no older than what it saw', async () => {
    const { types, queries } = await list([
      page({ version: '7', next: 'two', padding: 2 * MEBIBYTE }),
      expired('onward'),
      page({ version: '9', next: 'two', padding: 2 * MEBIBYTE }),
      expired('onward'),
      page({ version: '9', names: ['a', 'b'] }),
    ]);
    expect(queries).toEqual([
      { limit: '500' },
      { limit: '500', continue: 'two' },
      { limit: '1000' },
      { limit: '1000', continue: 'two' },
      { resourceVersion: '9' },
    ]);
    expect(types).toEqual([
      'objects',
      'restart',
      'objects',
      'restart',
      'objects',
      'complete',
    ]);
  });

  it('fetches the next page while the last one is being written, and no further', async () => {
    const { connection, events } = start([
      page({ next: '2' }),
      page({ next: '3' }),
      page({}),
    ]);
    await events.next();
    expect(connection.requests).toHaveLength(2);
    await new Promise(resolve => setImmediate(resolve));
    expect(connection.requests).toHaveLength(2);
    await events.return();
  });

  it('gives the page up that it fetches ahead when nobody reads on', async () => {
    const { connection, events } = start([page({ next: '2' }), page({})]);
    await events.next();
    await events.return();
    expect(connection.requests[1].signal.aborted).toBe(true);
  });
});
