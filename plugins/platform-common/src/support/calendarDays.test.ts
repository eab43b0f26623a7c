import fc from 'fast-check';
import { dayOf, daysBetween, lastDayOf } from './calendarDays';

const DAY_MS = 24 * 60 * 60 * 1_000;

describe('dayOf', () => {
  it('upgrades E59: is the day in UTC, wherever the reader is', () => {
    expect(dayOf(Date.parse('2026-10-28T00:30:00+02:00'))).toBe('2026-10-27');
    expect(dayOf(Date.parse('2026-10-27T23:59:59.999Z'))).toBe('2026-10-27');
    expect(dayOf(Date.parse('2026-10-28T00:00:00Z'))).toBe('2026-10-28');
  });
});

describe('daysBetween', () => {
  it('upgrades E59: counts a leap day', () => {
    expect(daysBetween('2028-02-28', '2028-02-29')).toBe(1);
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2027-02-28', '2027-03-01')).toBe(1);
  });

  it('is what was added, over any number of days', () => {
    const start = Date.parse('2016-01-01');
    fc.assert(
      fc.property(fc.nat(8_000), fc.nat(8_000), (a, b) => {
        const [from, to] = [a, b].map(days => dayOf(start + days * DAY_MS));
        expect(daysBetween(from, to)).toBe(b - a);
      }),
    );
  });
});

describe('lastDayOf', () => {
  it.each([
    ['2026-10', '2026-10-31'],
    ['2026-12', '2026-12-31'],
    ['2027-02', '2027-02-28'],
    ['2028-02', '2028-02-29'],
  ])('of %s is %s', (month, day) => {
    expect(lastDayOf(month)).toBe(day);
  });
});
