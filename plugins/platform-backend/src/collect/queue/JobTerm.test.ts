import { ClusterError } from '../ClusterError';
import type { Lease } from '../lease';
import { LeaseLostError } from '../lease';
import { CountMismatchError } from '../store/CountMismatchError';
import { JobTerm } from './JobTerm';
import { problemOf } from './runProblem';

const lease: Lease = {
  clusterId: 1,
  clusterName: 'prod',
  collector: 'pods',
  epoch: 3,
  owner: 'one',
  leaseUntil: 0,
};

describe('JobTerm', () => {
  const terms: JobTerm[] = [];
  afterEach(() => terms.splice(0).forEach(term => term.end()));

  function createTerm(
    options: Partial<ConstructorParameters<typeof JobTerm>[0]> = {},
  ) {
    const term = new JobTerm({
      lease,
      shutdown: new AbortController().signal,
      budgetMs: 60_000,
      renewMs: 60_000,
      renew: async () => true,
      graceMs: 10,
      ...options,
    });
    terms.push(term);
    return term;
  }
  const never = () => new Promise<never>(() => {});

  it('hands on what work returns and throws', async () => {
    const term = createTerm();
    await expect(term.within(async () => 1)).resolves.toBe(1);
    await expect(
      term.within(async () => {
        throw new Error('x');
      }),
    ).rejects.toThrow('x');
    expect(term.endedBy).toBeUndefined();
  });

  it('gives up on work that does not listen to its abort', async () => {
    const term = createTerm({ budgetMs: 10 });
    await expect(term.within(never)).rejects.toThrow(
      'Collecting pods of cluster prod took longer than its 0.01 s',
    );
    expect(term.endedBy).toBe('budget');
  });

  it('waits a while for work that ends by itself after the abort', async () => {
    const shutdown = new AbortController();
    const term = createTerm({ shutdown: shutdown.signal, graceMs: 10_000 });
    const work = term.within(
      () =>
        new Promise(resolve =>
          term.signal.addEventListener('abort', () => resolve('half')),
        ),
    );
    shutdown.abort();
    await expect(work).resolves.toBe('half');
    expect(term.endedBy).toBe('shutdown');
  });

  it('begins nothing after an abort', async () => {
    const shutdown = new AbortController();
    shutdown.abort();
    const term = createTerm({ shutdown: shutdown.signal });
    const work = jest.fn();
    await expect(term.within(work)).rejects.toThrow('aborted by a shutdown');
    expect(work).not.toHaveBeenCalled();
  });

  it('ends when its lease is lost', async () => {
    const term = createTerm({ renewMs: 5, renew: async () => false });
    await expect(term.within(never)).rejects.toThrow(LeaseLostError);
    expect(term.endedBy).toBe('lease_lost');
  });
});

describe('problemOf', () => {
  const open = { endedBy: undefined, signal: new AbortController().signal };
  const clusterError = new ClusterError({
    code: 'throttled',
    clusterName: 'prod',
    message: 'too many requests',
    retryAfterMs: 9_000,
  });

  it('keeps the code, the words and the wish of a cluster', () => {
    expect(problemOf(clusterError, open)).toEqual({
      code: 'throttled',
      message: 'too many requests',
      retryAfterMs: 9_000,
      missingRule: undefined,
    });
  });

  it.each([
    ['shutdown', 'aborted'],
    ['budget', 'body_timeout'],
    ['lease_lost', 'lease_lost'],
  ] as const)('after %s everything is %s', (endedBy, code) => {
    const signal = AbortSignal.abort(new Error('why it ended'));
    expect(problemOf(clusterError, { endedBy, signal })).toEqual({
      code,
      message: 'why it ended',
    });
  });

  it('says what the store found out', () => {
    expect(
      problemOf(new CountMismatchError(lease, { stored: 1, listed: 2 }), open),
    ).toMatchObject({ code: 'count_mismatch' });
    expect(problemOf(new LeaseLostError(lease), open)).toMatchObject({
      code: 'lease_lost',
    });
  });

  it('leaves the statement out of an error of the database', () => {
    expect(
      problemOf(
        new Error('insert into "t" values (\'secret\') - no such column'),
        open,
      ),
    ).toEqual({ code: 'internal', message: 'Error: no such column' });
  });
});
