import fc from 'fast-check';
import { compareMinors } from '../fleet/kubernetesVersion';
import { defineCalendar, type SupportCalendars } from './supportCalendar';
import { supportCalendars } from './supportCalendars';
import { supportInBrief, supportOf } from './supportOf';
import {
  clusterSupportDetailSchema,
  clusterSupportSchema,
  type ClusterSupportState,
} from './supportSchemas';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const ask = (provider: string | undefined, minor: string, day: string) =>
  supportOf({ provider, minor, now: at(day) });

const DAY_MS = 24 * 60 * 60 * 1_000;
const calendars = [supportCalendars.upstream, ...supportCalendars.providers];

describe('the state', () => {
  it.each<[string, string, string, ClusterSupportState]>([
    // Kubernetes itself: full support, maintenance, nothing.
    ['Kubernetes', '1.36', '2026-11-21', 'supported'],
    ['Kubernetes', '1.35', '2026-11-21', 'supported'],
    ['Kubernetes', '1.35', '2026-11-30', 'ending_soon'],
    ['Kubernetes', '1.34', '2026-10-27', 'ending_soon'],
    ['Kubernetes', '1.34', '2026-10-28', 'unsupported'],
    ['Kubernetes', '1.31', '2026-11-21', 'unsupported'],
    // EKS: another year, paid.
    ['EKS', '1.35', '2026-11-21', 'supported'],
    ['EKS', '1.34', '2026-11-21', 'ending_soon'],
    ['EKS', '1.34', '2026-12-02', 'ending_soon'],
    ['EKS', '1.34', '2026-12-03', 'extended'],
    ['EKS', '1.31', '2026-11-26', 'extended'],
    ['EKS', '1.31', '2026-11-27', 'unsupported'],
    ['EKS', '1.20', '2026-11-21', 'unsupported'],
    // AKS: months count to their last day.
    ['AKS', '1.34', '2026-11-30', 'ending_soon'],
    ['AKS', '1.34', '2026-12-01', 'extended'],
    ['AKS', '1.31', '2026-11-30', 'extended'],
    ['AKS', '1.31', '2026-12-01', 'unsupported'],
    ['AKS', '1.26', '2026-11-21', 'unsupported'],
    // GKE: what the Extended channel still has is not known, what it has left is.
    ['GKE', '1.34', '2026-10-01', 'ending_soon'],
    ['GKE', '1.34', '2026-10-02', 'unknown'],
    ['GKE', '1.29', '2026-11-21', 'unsupported'],
    ['GKE', '1.26', '2026-11-21', 'unsupported'],
  ])('of %s %s on %s is %s', (provider, minor, day, state) => {
    expect(ask(provider, minor, day).state).toBe(state);
  });

  it('is maintenance once full support has ended, while the end is not near', () => {
    const question = {
      provider: 'Kubernetes',
      minor: '1.34',
      endingSoonDays: 30,
    };
    const stateOn = (day: string) =>
      supportOf({ ...question, now: at(day) }).state;
    expect(stateOn('2026-08-27')).toBe('supported');
    expect(stateOn('2026-08-28')).toBe('maintenance');
    expect(stateOn('2026-09-26')).toBe('maintenance');
    expect(stateOn('2026-09-27')).toBe('ending_soon');
  });

  it('tells of maintenance in a note while the end is near', () => {
    expect(ask('Kubernetes', '1.34', '2026-09-01')).toMatchObject({
      state: 'ending_soon',
      notes: ['critical_fixes_only'],
    });
    expect(ask('Kubernetes', '1.34', '2026-08-20').notes).toEqual([]);
    expect(ask('Kubernetes', '1.34', '2026-11-21').notes).toEqual([]);
  });

  it('upgrades E59: turns at midnight UTC, not a zone earlier', () => {
    const stateAt = (instant: string) =>
      supportOf({
        provider: 'Kubernetes',
        minor: '1.34',
        now: Date.parse(instant),
      }).state;
    expect(stateAt('2026-10-28T01:59:59+02:00')).toBe('ending_soon');
    expect(stateAt('2026-10-27T17:00:00-07:00')).toBe('unsupported');
  });

  it('upgrades E54: EKS 1.33 is in extended support 115 days past its standard end', () => {
    const support = ask('EKS', '1.33', '2026-11-21');
    expect(support).toMatchObject({
      state: 'extended',
      nextEnd: { kind: 'extended', date: '2027-07-29' },
      notes: ['extended_by_default'],
    });
    expect(support.ends).toMatchObject([
      { kind: 'standard', date: '2026-07-29' },
      { kind: 'extended', date: '2027-07-29' },
    ]);
    expect((Date.parse('2026-11-21') - Date.parse('2026-07-29')) / DAY_MS).toBe(
      115,
    );
  });
});

describe('the ends', () => {
  it('lists every source with its day, and counts the earliest', () => {
    const support = ask('Kubernetes', '1.27', '2024-07-01');
    expect(support).toMatchObject({
      state: 'unsupported',
      conflict: true,
      confidence: 'medium',
      nextEnd: { kind: 'standard', date: '2024-06-28' },
    });
    expect(support.ends[1]).toMatchObject({
      kind: 'standard',
      date: '2024-06-28',
      conflict: true,
      sources: [
        { name: 'endoflife.date', date: '2024-06-28', snapshot: '2026-08-22' },
        { date: '2024-07-16', snapshot: '2025-11-11' },
      ],
    });
  });

  it('finds no conflict where sources agree', () => {
    const support = ask('Kubernetes', '1.30', '2024-07-01');
    expect(support.conflict).toBe(false);
    expect(support.ends[1].sources).toHaveLength(2);
  });

  it('names the last end when all have passed', () => {
    expect(ask('EKS', '1.28', '2026-11-21').nextEnd).toEqual({
      kind: 'extended',
      date: '2025-11-26',
    });
  });

  it('leaves out an end whose day no source names', () => {
    expect(ask('Kubernetes', '1.17', '2020-01-01').ends).toMatchObject([
      { kind: 'standard', date: '2020-12-25' },
    ]);
  });

  it('upgrades E58: calls dates of GKE plans, and does not guess the end of the Extended channel', () => {
    const support = ask('GKE', '1.36', '2026-11-21');
    expect(support).toMatchObject({
      state: 'supported',
      nextEnd: { kind: 'standard', date: '2027-08-09' },
      notes: [
        'future_dates_are_plans',
        'extended_needs_channel',
        'extended_end_unknown',
      ],
    });
    expect(support.ends.map(({ kind }) => kind)).toEqual([
      'active',
      'standard',
    ]);
  });

  it('knows that GKE 1.29 has left the Extended channel only since it was read', () => {
    expect(ask('GKE', '1.29', '2026-06-09')).toMatchObject({
      state: 'unknown',
      notes: ['extended_needs_channel', 'extended_end_unknown'],
    });
    expect(ask('GKE', '1.29', '2026-06-10')).toMatchObject({
      state: 'unsupported',
      notes: ['extended_ended'],
    });
  });

  it('takes a month for its last day, and a day in it for no conflict', () => {
    const support = askOf(
      { main: '2028-02', other: '2028-02-11' },
      '2027-01-01',
    );
    expect(support.conflict).toBe(false);
    expect(support.notes).toContain('months_only');
    expect(support.ends[0].sources.map(({ date }) => date)).toEqual([
      '2028-02-11',
      '2028-02-29',
    ]);
    expect(
      askOf({ main: '2028-02', other: '2028-01-31' }, '2027-01-01').conflict,
    ).toBe(true);
  });

  function askOf(standard: { main: string; other: string }, day: string) {
    const source = { name: 'a', url: 'https://a.example', snapshot: day };
    const upstream = defineCalendar({
      id: 'test',
      title: 'Test',
      providers: [],
      asOf: day,
      mainSource: 'main',
      sources: { main: source, other: source },
      rows: [{ minor: '1.40', standard, confidence: 'high' }],
    });
    return supportOf({
      minor: '1.40',
      now: at(day),
      calendars: { upstream, providers: [] },
    });
  }
});

describe('the notes', () => {
  it('tell of a version that was only planned', () => {
    expect(ask('AKS', '1.37', '2026-11-21')).toMatchObject({
      state: 'supported',
      confidence: 'low',
      notes: ['planned_release', 'months_only', 'extended_needs_lts'],
    });
  });

  it('tell of the days of grace and of platform support without changing the state', () => {
    const on = (day: string) => ask('AKS', '1.26', day);
    expect(on('2024-05-11')).toMatchObject({
      state: 'unsupported',
      notes: ['grace_period', 'platform_support'],
    });
    expect(on('2024-05-12').notes).toEqual(['platform_support']);
    // 1.30 came, and 1.26 is the fourth behind it.
    expect(on('2024-07-31').notes).toEqual([]);
  });

  it('count versions behind the newest one that is known to be out', () => {
    // 1.37 was planned for October when the calendar was read.
    expect(ask('AKS', '1.33', '2026-11-21').notes).toContain(
      'platform_support',
    );
    expect(ask('AKS', '1.32', '2026-11-21').notes).not.toContain(
      'platform_support',
    );
  });

  it('tell that extended support is nearly over', () => {
    expect(ask('EKS', '1.31', '2026-11-21')).toMatchObject({
      state: 'extended',
      nextEnd: { kind: 'extended', date: '2026-11-26' },
      notes: ['extended_by_default', 'extended_ends_soon'],
    });
  });
});

describe('the calendar', () => {
  it.each([
    ['EKS', 'eks', []],
    [' eks ', 'eks', []],
    ['amazon eks', 'eks', []],
    ['gke', 'gke', []],
    ['Aks', 'aks', []],
    ['self-managed', 'upstream', []],
    ['AWS', 'upstream', ['provider_without_calendar']],
    ['EKS Anywhere', 'upstream', ['provider_without_calendar']],
    ['k3s', 'upstream', ['provider_without_calendar']],
    ['', 'upstream', ['provider_unknown']],
    [undefined, 'upstream', ['provider_unknown']],
  ])('of provider %j is %s', (provider, calendar, notes) => {
    const support = ask(provider, '1.36', '2026-11-21');
    expect(support.calendar).toBe(calendar);
    expect(support.notes.filter(note => note.startsWith('provider'))).toEqual(
      notes,
    );
  });

  it('does not answer for a version it lacks, and hints at who knows it', () => {
    expect(ask('EKS', '1.37', '2026-11-21')).toEqual({
      state: 'unknown',
      calendar: 'eks',
      calendarTitle: 'Amazon EKS',
      calendarAsOf: '2026-08-22',
      nextEnd: null,
      conflict: false,
      ends: [],
      confidence: null,
      notes: ['beyond_horizon'],
      hint: { calendar: 'upstream', kind: 'standard', date: '2027-10-28' },
    });
  });

  it.each([
    ['Kubernetes', '1.38', 'beyond_horizon'],
    ['Kubernetes', '2.0', 'beyond_horizon'],
    ['Kubernetes', '1.1', 'older_than_calendar'],
    ['GKE', '1.23', 'older_than_calendar'],
    ['Kubernetes', undefined, 'version_unknown'],
    ['Kubernetes', '', 'version_unknown'],
    ['Kubernetes', 'v1.36.2', 'version_unknown'],
    ['Kubernetes', '1.3.x', 'version_unknown'],
  ])('of %s does not know %j: %s', (provider, minor, note) => {
    expect(supportOf({ provider, minor, now: at('2026-11-21') })).toMatchObject(
      { state: 'unknown', nextEnd: null, notes: [note] },
    );
  });

  it('does not answer for a version between its own, nor without an end', () => {
    const source = {
      name: 'a',
      url: 'https://a.example',
      snapshot: '2026-11-21',
    };
    const gaps = defineCalendar({
      id: 'gaps',
      title: 'Gaps',
      providers: ['Gaps'],
      asOf: '2026-11-21',
      mainSource: 'main',
      sources: { main: source },
      rows: [
        { minor: '1.36', standard: '?', confidence: 'low' },
        { minor: '1.34', standard: '2027-01', confidence: 'low' },
      ],
    });
    const answer = (minor: string) =>
      supportOf({
        provider: 'gaps',
        minor,
        now: at('2026-11-21'),
        calendars: { upstream: supportCalendars.upstream, providers: [gaps] },
      });
    expect(answer('1.35')).toMatchObject({
      state: 'unknown',
      notes: ['not_in_calendar'],
      hint: { calendar: 'upstream', date: '2027-02-28' },
    });
    expect(answer('1.36')).toMatchObject({
      state: 'unknown',
      nextEnd: null,
      confidence: 'low',
    });
  });

  it('upgrades E55: takes 1.3 and 1.30, 1.1 and 1.10 for what they are', () => {
    const endOf = (minor: string) =>
      ask('Kubernetes', minor, '2026-11-21').nextEnd;
    expect(endOf('1.3')?.date).toBe('2016-11-01');
    expect(endOf('1.30')?.date).toBe('2025-07-15');
    expect(endOf('1.1')).toBeNull();
    expect(endOf('1.10')?.date).toBe('2019-02-13');
  });
});

describe('whatever the calendar, version and day', () => {
  const named = calendars.flatMap(({ providers, rows }) =>
    rows.map(({ minor }) => ({ provider: providers[0], minor })),
  );
  const cluster = fc.constantFrom(...named);
  const instant = fc.date({
    min: new Date('2014-01-01'),
    max: new Date('2040-01-01'),
    noInvalidDate: true,
  });
  const endingSoonDays = fc.nat(400);

  it('no state gets better with time', () => {
    // Best first; unknown stands between standard support and its certain end.
    const worse: ClusterSupportState[] = [
      'supported',
      'maintenance',
      'ending_soon',
      'extended',
      'unknown',
      'unsupported',
    ];
    fc.assert(
      fc.property(
        cluster,
        instant,
        instant,
        endingSoonDays,
        (of, a, b, days) => {
          const [before, after] = [a, b]
            .sort((x, y) => x.getTime() - y.getTime())
            .map(now =>
              supportOf({ ...of, now: now.getTime(), endingSoonDays: days }),
            );
          expect(worse.indexOf(after.state)).toBeGreaterThanOrEqual(
            worse.indexOf(before.state),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('nothing beyond the horizon is ever supported', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...calendars),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(500),
        instant,
        ({ providers, rows }, major, number, now) => {
          const minor = `${major}.${number}`;
          fc.pre(compareMinors(minor, rows[0].minor) > 0);
          expect(
            supportOf({ provider: providers[0], minor, now: now.getTime() }),
          ).toMatchObject({ state: 'unknown', notes: ['beyond_horizon'] });
        },
      ),
    );
  });

  it('the earliest day of any source counts', () => {
    const day = fc
      .integer({ min: 0, max: 5_000 })
      .map(days =>
        new Date(at('2020-01-01') + days * DAY_MS).toISOString().slice(0, 10),
      );
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1, maxLength: 4 }),
        day,
        (days, today) => {
          const names = days.map((_, index) => `source${index}`);
          const upstream = defineCalendar<string>({
            id: 'test',
            title: 'Test',
            providers: ['Test'],
            asOf: today,
            mainSource: names[0],
            sources: Object.fromEntries(
              names.map(name => [
                name,
                { name, url: 'https://a.example', snapshot: today },
              ]),
            ),
            rows: [
              {
                minor: '1.40',
                standard: Object.fromEntries(
                  names.map((name, index) => [name, days[index]]),
                ),
                confidence: 'high',
              },
            ],
          });
          const only: SupportCalendars = { upstream, providers: [] };
          const support = supportOf({
            provider: 'Test',
            minor: '1.40',
            now: at(today),
            calendars: only,
          });
          const earliest = [...days].sort()[0];
          expect(support.nextEnd?.date).toBe(earliest);
          expect(support.conflict).toBe(new Set(days).size > 1);
          expect(support.ends[0].sources).toHaveLength(days.length);
          expect(support.state === 'unsupported').toBe(today > earliest);
        },
      ),
    );
  });

  it('the answer is what the API promises, and short in lists', () => {
    fc.assert(
      fc.property(cluster, instant, (of, now) => {
        const support = supportOf({ ...of, now: now.getTime() });
        expect(clusterSupportDetailSchema.parse(support)).toEqual(support);
        const brief = supportInBrief(support);
        expect(clusterSupportSchema.strict().parse(brief)).toEqual(brief);
        expect(JSON.stringify(brief).length).toBeLessThan(130);
      }),
    );
  });
});
