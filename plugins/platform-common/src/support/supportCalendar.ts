import type { SupportNote } from './supportNotes';

/** Where dates of a calendar were read. @public */
export interface CalendarSource {
  name: string;
  url: string;
  /**
   * How current the copy is that was read, `YYYY-MM-DD`. Where the copy does not
   * say, the day of the newest event that it knows of.
   */
  snapshot: string;
}

/**
 * A date as a source writes it:
 *
 * - `2026-10-27`: that day
 * - `2026-10`: some day of that month; its last day counts
 * - `ended`: over when the source was read, on a day that it does not name
 * - `?`: there is such an end, but its day is not known
 *
 * @public
 */
export type SourceDate = string;

/** One date of the calendar's main source, or what each source says. @public */
export type RowDate<S extends string = string> =
  | SourceDate
  | Readonly<Partial<Record<S, SourceDate>>>;

/** One minor version in a calendar; an end that is absent does not exist. @public */
export interface CalendarRow<S extends string = string> {
  /** Such as `1.30`, which is not `1.3`. */
  minor: string;
  /** When it could be had; absent when not known. */
  release?: RowDate<S>;
  /** The end of full support; what a source calls the start of maintenance. */
  active?: RowDate<S>;
  standard: RowDate<S>;
  extended?: RowDate<S>;
  /** Not released yet when the source was read. */
  planned?: true;
  confidence: 'high' | 'medium' | 'low';
}

/**
 * When support of the minor versions of Kubernetes ends.
 *
 * @remarks
 * To bring a calendar up to date: read its sources again, set their `snapshot`
 * and the calendar's `asOf`, and add a row on top for each new minor. Write dates
 * as the source writes them. Where two sources differ, write both: the earliest
 * counts, and the difference is shown. `supportCalendars.test.ts` checks the rows.
 *
 * @public
 */
export interface SupportCalendar<S extends string = string> {
  id: string;
  title: string;
  /** What the clusters of this calendar have as `provider`, in any case. */
  providers: readonly string[];
  /** How current the calendar is as a whole, `YYYY-MM-DD`. */
  asOf: string;
  sources: Readonly<Record<S, CalendarSource>>;
  /** The source of dates that stand alone in a row. */
  mainSource: NoInfer<S>;
  /** On which terms extended support is given. */
  extendedTerms?: SupportNote;
  /** The provider promises no date that lies ahead. */
  futureDatesArePlans?: true;
  /** Days after the end of standard support in which an upgrade is still helped. */
  graceDays?: number;
  /** How many minors behind the newest one the platform alone is supported. */
  platformSupportBehind?: number;
  /** Newest first. */
  rows: ReadonlyArray<CalendarRow<NoInfer<S>>>;
}

/** The calendar of Kubernetes itself, and those of who runs it for others. @public */
export interface SupportCalendars {
  upstream: SupportCalendar;
  providers: readonly SupportCalendar[];
}

/** Checks that rows name sources of their calendar only, and freezes it. */
export function defineCalendar<const S extends string>(
  calendar: SupportCalendar<S>,
): SupportCalendar {
  return deepFreeze(calendar);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
