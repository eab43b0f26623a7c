import { mockServices } from '@backstage/backend-test-utils';
import { Sampled } from './Sampled';

function setUp(read: () => Promise<number>, maxAgeMs = 60_000) {
  const logger = mockServices.logger.mock();
  const spy = jest.fn(read);
  const sampled = new Sampled({
    read: spy,
    what: 'the fleet',
    maxAgeMs,
    logger,
  });
  return { logger, read: spy, sampled };
}

describe('Sampled', () => {
  it('reads once for all who ask, and not again while that is fresh', async () => {
    const { sampled, read } = setUp(async () => 7);
    const all = [1, 2, 3].map(async () => (await sampled.get())?.value);
    expect(await Promise.all(all)).toEqual([7, 7, 7]);
    expect((await sampled.get())?.value).toBe(7);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('reads again what is too old', async () => {
    let value = 1;
    const { sampled } = setUp(async () => value++, 0);
    expect((await sampled.get())?.value).toBe(1);
    expect((await sampled.get())?.value).toBe(2);
  });

  it('keeps what could not be read again, with its age, and says so once', async () => {
    let away = true;
    const { sampled, logger } = setUp(async () => {
      if (away) throw new Error('away');
      return 3;
    }, 0);
    expect(await sampled.get()).toBeUndefined();
    expect(await sampled.get()).toBeUndefined();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    away = false;
    const fresh = await sampled.get();
    away = true;
    const old = await sampled.get();
    expect([fresh?.value, old?.value]).toEqual([3, 3]);
    expect(old!.ageMs).toBeGreaterThan(fresh!.ageMs);
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('does not wait long for what does not end, and takes it when it has', async () => {
    let answer: (value: number) => void = () => {};
    const { sampled, read } = setUp(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    expect(await sampled.get()).toBeUndefined();
    const later = sampled.get();
    answer(5);
    expect((await later)?.value).toBe(5);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
