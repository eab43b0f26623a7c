import { compareMinors } from '../fleet/kubernetesVersion';
import { earliestDay, rowEnds } from './rowEnds';
import type { CalendarRow, RowDate, SupportCalendar } from './supportCalendar';
import { supportCalendars } from './supportCalendars';
import type { SupportEndKind } from './supportSchemas';

const calendars = [supportCalendars.upstream, ...supportCalendars.providers];

/** A day that exists, a month that exists, or a word for what is not known. */
function isSourceDate(text: string): boolean {
  if (text === 'ended' || text === '?') return true;
  const day = /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(day) &&
    !Number.isNaN(Date.parse(day)) &&
    new Date(day).toISOString().startsWith(day)
  );
}

function sourcesOf(date: RowDate | undefined, calendar: SupportCalendar) {
  if (date === undefined) return [];
  return typeof date === 'string'
    ? [[calendar.mainSource, date] as const]
    : Object.entries(date).map(([source, text]) => [source, text!] as const);
}

const daysInOrder = (row: CalendarRow, calendar: SupportCalendar) => {
  const { known } = rowEnds(row, calendar);
  return [
    earliestDay(row.release, calendar),
    known.active?.date,
    known.standard?.date,
    known.extended?.date,
  ].filter(day => day !== undefined);
};

describe.each(calendars.map(calendar => [calendar.id, calendar] as const))(
  'the calendar %s',
  (_id, calendar) => {
    const { rows, sources } = calendar;
    const minors = rows.map(({ minor }) => minor);

    it('has each minor once, as a string, newest first and without a gap', () => {
      expect(minors.filter(minor => !/^\d+\.\d+$/.test(minor))).toEqual([]);
      expect([...new Set(minors)].sort((a, b) => compareMinors(b, a))).toEqual(
        minors,
      );
      const oldest = Number(minors[minors.length - 1].split('.')[1]);
      expect(minors).toEqual(
        minors.map((_, index) => `1.${oldest + minors.length - 1 - index}`),
      );
    });

    it('reads every date from a source of its own', () => {
      for (const row of rows) {
        for (const date of [
          row.release,
          row.active,
          row.standard,
          row.extended,
        ]) {
          for (const [source, text] of sourcesOf(date, calendar)) {
            expect(Object.keys(sources)).toContain(source);
            expect([row.minor, text, isSourceDate(text)]).toEqual([
              row.minor,
              text,
              true,
            ]);
          }
        }
      }
    });

    it('says when each of its sources was current, and uses each', () => {
      for (const { snapshot, url } of Object.values(sources)) {
        expect(snapshot).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect(new URL(url).protocol).toBe('https:');
      }
      expect(calendar.asOf).toBe(sources[calendar.mainSource].snapshot);
      const used = rows.flatMap(row =>
        [row.release, row.active, row.standard, row.extended].flatMap(date =>
          sourcesOf(date, calendar).map(([source]) => source),
        ),
      );
      expect([...new Set(used)].sort()).toEqual(Object.keys(sources).sort());
    });

    it('ends what it releases, one end after the other', () => {
      for (const row of rows) {
        const days = daysInOrder(row, calendar);
        expect([row.minor, ...days]).toEqual([row.minor, ...days.sort()]);
        expect([row.minor, new Set(days).size]).toEqual([
          row.minor,
          days.length,
        ]);
        expect(rowEnds(row, calendar).known.standard).toBeDefined();
      }
    });

    it.each<SupportEndKind>(['active', 'standard', 'extended'])(
      'ends %s support of an older minor no later than of a newer one',
      kind => {
        const days = rows.flatMap(
          row => rowEnds(row, calendar).known[kind]?.date ?? [],
        );
        expect(days).toEqual([...days].sort().reverse());
      },
    );

    it('calls planned what was not released when it was read', () => {
      for (const row of rows) {
        const release = earliestDay(row.release, calendar);
        const readAt = Object.values(sources)
          .map(({ snapshot }) => snapshot)
          .sort()
          .reverse()[0];
        expect([row.minor, row.planned ?? false]).toEqual([
          row.minor,
          release !== undefined && release > readAt,
        ]);
      }
    });

    it('cannot be changed by who reads it', () => {
      expect(() => {
        (calendar.rows[0] as { minor: string }).minor = '9.9';
      }).toThrow(TypeError);
    });
  },
);

it('gives no provider to two calendars', () => {
  const names = calendars.flatMap(({ providers }) =>
    providers.map(name => name.toLowerCase()),
  );
  expect(new Set(names).size).toBe(names.length);
});
