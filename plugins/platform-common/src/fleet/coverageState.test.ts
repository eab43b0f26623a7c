import fc from 'fast-check';
import { coverageState, isStale, STALE_GRACE_MS } from './coverageState';

const cadenceMs = 300_000;
const limit = 2 * cadenceMs + STALE_GRACE_MS;

describe('isStale', () => {
  it('allows two cadences and a minute', () => {
    expect(isStale({ completeAt: 0, cadenceMs }, limit)).toBe(false);
    expect(isStale({ completeAt: 0, cadenceMs }, limit + 1)).toBe(true);
  });

  it('does not call old what was never there', () => {
    expect(isStale({ completeAt: null, cadenceMs }, limit * 10)).toBe(false);
  });
});

describe('coverageState', () => {
  const state = (
    completeAt: number | null,
    code?: string,
    now = 1_000,
  ): string =>
    coverageState(
      {
        completeAt,
        cadenceMs,
        problem: code ? { code, message: code } : undefined,
      },
      now,
    );

  it('is pending before the first attempt', () => {
    expect(state(null)).toBe('pending');
  });

  it('is not collected when no attempt was ever complete', () => {
    expect(state(null, 'truncated')).toBe('not_collected');
  });

  it('keeps fresh data collected through a single failure', () => {
    expect(state(0, 'truncated')).toBe('collected');
  });

  it('is stale when the failures go on', () => {
    expect(state(0, 'truncated', limit + 1)).toBe('stale');
  });

  it('collection B7.2 a 403 is not collected, also with rows of before', () => {
    expect(state(0, 'forbidden')).toBe('not_collected');
  });

  it('collection B7.2 a 404 is not served, and never zero objects', () => {
    expect(state(null, 'not_served')).toBe('not_served');
  });

  it('never gets better by waiting', () => {
    const instant = fc.nat({ max: 10_000_000 });
    fc.assert(
      fc.property(
        fc.option(instant),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(undefined, 'truncated', 'forbidden', 'not_served'),
        instant,
        instant,
        (completeAt, cadence, code, now, later) => {
          const facts = {
            completeAt,
            cadenceMs: cadence,
            problem: code ? { code, message: code } : undefined,
          };
          const states = [now, now + later].map(at => coverageState(facts, at));
          // Only fresh data ages; everything else is as it is.
          expect(
            states[0] === states[1] || states.join() === 'collected,stale',
          ).toBe(true);
        },
      ),
    );
  });
});
