import * as fc from 'fast-check';
import { backoffMs, jitteredMs } from './backoff';
import { CollectSchedule } from './CollectSchedule';

const MINUTE = 60_000;

describe('CollectSchedule', () => {
  const schedule = (random: number) =>
    new CollectSchedule([{ id: 'nodes', cadenceMs: 5 * MINUTE }], () => random);
  const delay = (
    random: number,
    code?: string,
    failures = 1,
    retryAfterMs?: number,
  ) =>
    schedule(random).delayMs({
      collector: 'nodes',
      problem: code ? { code, message: '', retryAfterMs } : undefined,
      failures,
    });

  it('waits for the cadence within ten percent after a good run', () => {
    expect(delay(0)).toBe(4.5 * MINUTE);
    expect(delay(0.5)).toBe(5 * MINUTE);
    expect(delay(0.999)).toBeCloseTo(5.5 * MINUTE, -3);
  });

  it.each(['forbidden', 'not_served', 'duplicate'])(
    'does not hurry to hear %s again',
    code => {
      expect(delay(0.5, code)).toBe(5 * MINUTE);
    },
  );

  it('doubles the bound of the pause with every failure, up to the cadence', () => {
    expect([1, 2, 3, 10].map(n => delay(1, 'truncated', n))).toEqual([
      10_000,
      20_000,
      40_000,
      5 * MINUTE,
    ]);
    expect(delay(0, 'truncated', 10)).toBe(1_000);
  });

  it('waits at least as long as the server asks', () => {
    expect(delay(0, 'throttled', 1, 42_000)).toBe(42_000);
  });

  it('tries again at once after a shutdown, and once after a mismatch', () => {
    expect(delay(1, 'aborted', 7)).toBe(0);
    expect(delay(1, 'count_mismatch', 1)).toBe(0);
    expect(delay(1, 'count_mismatch', 2)).toBe(20_000);
  });
});

describe('backoffMs', () => {
  it('stays within a second and the cap, for any number of failures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, draw) => {
          const pause = backoffMs({
            failures,
            policy: { baseMs: 30_000, capMs: 15 * MINUTE },
            random: () => draw,
          });
          expect(pause).toBeGreaterThanOrEqual(1_000);
          expect(pause).toBeLessThanOrEqual(15 * MINUTE);
        },
      ),
    );
  });
});

describe('jitteredMs', () => {
  it('stays within ten percent', () => {
    expect(jitteredMs(1_000, () => 0)).toBe(900);
    expect(jitteredMs(1_000, () => 1)).toBe(1_100);
  });
});
