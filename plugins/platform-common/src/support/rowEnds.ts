import { lastDayOf } from './calendarDays';
import type { CalendarRow, RowDate, SupportCalendar } from './supportCalendar';
import type { ClusterSupportDetail, SupportEndKind } from './supportSchemas';

/** An end of support with its sources, as it is served. */
type SupportEnd<K extends SupportEndKind> =
  ClusterSupportDetail['ends'][number] & { kind: K };

/** The ends of a version: the days that are known, and what is known of the others. */
export interface RowEnds {
  known: { [K in SupportEndKind]?: SupportEnd<K> };
  /** There is extended support, and no source names the day of its end. */
  extendedDayUnknown: boolean;
  /** The day by which extended support was over, when a source says just that. */
  extendedOverBy?: string;
  /** A source names months; their last days are taken. */
  hasMonths: boolean;
}

const MONTH = /^\d{4}-\d{2}$/;
const MONTH_OR_DAY = /^\d{4}-\d{2}(-\d{2})?$/;

/** Reads the ends of a row: the earliest day of each counts. */
export function rowEnds(row: CalendarRow, calendar: SupportCalendar): RowEnds {
  const dates = {
    active: datesOf(row.active, calendar),
    standard: datesOf(row.standard, calendar),
    extended: datesOf(row.extended, calendar),
  };
  const known: RowEnds['known'] = {
    active: knownEnd('active', dates.active, calendar),
    standard: knownEnd('standard', dates.standard, calendar),
    extended: knownEnd('extended', dates.extended, calendar),
  };
  const extendedOverBy = dates.extended
    .filter(({ text }) => text === 'ended')
    .map(({ source }) => calendar.sources[source].snapshot)
    .sort()[0];
  return {
    known,
    extendedDayUnknown: dates.extended.length > 0 && !known.extended,
    ...(extendedOverBy && { extendedOverBy }),
    hasMonths: Object.values(dates)
      .flat()
      .some(({ text }) => MONTH.test(text)),
  };
}

/** The day that counts for a date: the earliest that a source gives. */
export function earliestDay(
  date: RowDate | undefined,
  calendar: SupportCalendar,
): string | undefined {
  return datesOf(date, calendar)
    .flatMap(({ text }) => dayIn(text) ?? [])
    .sort()[0];
}

interface DateOfSource {
  source: string;
  text: string;
}

function datesOf(
  date: RowDate | undefined,
  { mainSource }: SupportCalendar,
): DateOfSource[] {
  if (date === undefined) return [];
  const bySource = typeof date === 'string' ? { [mainSource]: date } : date;
  return Object.entries(bySource).flatMap(([source, text]) =>
    text === undefined ? [] : { source, text },
  );
}

function knownEnd<K extends SupportEndKind>(
  kind: K,
  dates: DateOfSource[],
  calendar: SupportCalendar,
): SupportEnd<K> | undefined {
  const sources = dates
    .flatMap(({ source, text }) => {
      const date = dayIn(text);
      if (date === undefined) return [];
      const { name, url, snapshot } = calendar.sources[source];
      return { text, shown: { name, url, date, snapshot } };
    })
    .sort((a, b) => (a.shown.date < b.shown.date ? -1 : 1));
  if (sources.length === 0) return undefined;
  return {
    kind,
    date: sources[0].shown.date,
    conflict: sources.some(a => sources.some(b => !agree(a.text, b.text))),
    sources: sources.map(({ shown }) => shown),
  };
}

function dayIn(text: string): string | undefined {
  if (!MONTH_OR_DAY.test(text)) return undefined;
  return MONTH.test(text) ? lastDayOf(text) : text;
}

/** A month agrees with each of its days. */
function agree(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}
