import { mockServices } from '@backstage/backend-test-utils';
import { DatabaseOutage, isDatabaseAway } from './DatabaseOutage';

const refused = () =>
  Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const forever = new AbortController().signal;

describe('isDatabaseAway', () => {
  it.each([
    [refused(), true],
    [new AggregateError([refused(), refused()]), true],
    [Object.assign(new Error('shutting down'), { code: '57P01' }), true],
    [Object.assign(new Error('too many clients'), { code: '53300' }), true],
    [Object.assign(new Error('idle for too long'), { code: '25P03' }), true],
    [new Error('Connection terminated unexpectedly'), true],
    [new Error('BEGIN; - Connection terminated unexpectedly'), true],
    [new Error('insert … "Connection terminated" … - syntax error'), false],
    [Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' }), true],
    [Object.assign(new Error('unique'), { code: '23505' }), false],
    [Object.assign(new Error('syntax'), { code: 'SQLITE_ERROR' }), false],
    [new AggregateError([refused(), new Error('other')]), false],
    [new Error('Cannot read properties of undefined'), false],
    ['ECONNREFUSED', false],
  ])('%s: %s', (error, away) => {
    expect(isDatabaseAway(error)).toBe(away);
  });
});

describe('DatabaseOutage', () => {
  it('repeats all waiting work until the database is back, logging twice', async () => {
    const logger = mockServices.logger.mock();
    const outage = new DatabaseOutage({ logger });
    let away = true;
    const work = jest.fn(async () => {
      if (away) {
        throw refused();
      }
      return 'done';
    });
    const all = Promise.all([1, 2, 3].map(() => outage.ride(work, forever)));
    while (work.mock.calls.length < 6) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    expect(outage.active).toBe(true);
    away = false;
    await expect(all).resolves.toEqual(['done', 'done', 'done']);

    expect(outage.active).toBe(false);
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringMatching(/back after [\d.]+ s/),
    );
  });

  it('hands on every other error at once', async () => {
    const logger = mockServices.logger.mock();
    const work = jest.fn().mockRejectedValue(new Error('syntax'));
    await expect(
      new DatabaseOutage({ logger }).ride(work, forever),
    ).rejects.toThrow('syntax');
    expect(work).toHaveBeenCalledTimes(1);
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('stops waiting at shutdown', async () => {
    const outage = new DatabaseOutage({ logger: mockServices.logger.mock() });
    const shutdown = new AbortController();
    const riding = outage.ride(async () => {
      throw refused();
    }, shutdown.signal);
    shutdown.abort();
    await expect(riding).rejects.toThrow('ECONNREFUSED');
  });

  it('is not ended by reads when the disk is full', async () => {
    const logger = mockServices.logger.mock();
    const outage = new DatabaseOutage({ logger });
    let full = true;
    let tries = 0;
    const write = outage.ride(async () => {
      tries++;
      if (full) {
        throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
      }
    }, forever);
    while (tries < 2) {
      await outage.ride(async () => 'read', forever);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    expect(outage.active).toBe(true);
    full = false;
    await write;

    expect(outage.active).toBe(false);
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });
});
