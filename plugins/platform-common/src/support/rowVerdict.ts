import { daysBetween } from './calendarDays';
import { earliestDay, rowEnds, type RowEnds } from './rowEnds';
import type { CalendarRow, SupportCalendar } from './supportCalendar';
import type { SupportNote } from './supportNotes';
import type {
  ClusterSupportDetail,
  ClusterSupportState,
} from './supportSchemas';

/** What is said about a version. */
export interface Verdict
  extends Pick<
    ClusterSupportDetail,
    'state' | 'nextEnd' | 'ends' | 'confidence'
  > {
  notes: SupportNote[];
}

/** Where and when a row is read. */
export interface VerdictContext {
  calendar: SupportCalendar;
  /** `YYYY-MM-DD`, UTC. */
  today: string;
  endingSoonDays: number;
}

/** Whether the version of a row is supported today, until when, on which terms. */
export function rowVerdict(row: CalendarRow, context: VerdictContext): Verdict {
  const ends = rowEnds(row, context.calendar);
  const { active, standard, extended } = ends.known;
  const inOrder = [standard, extended].flatMap(end => end ?? []);
  const next =
    inOrder.find(({ date }) => date >= context.today) ??
    inOrder[inOrder.length - 1];
  return {
    state: stateOf(ends, context),
    nextEnd: next ? { kind: next.kind, date: next.date } : null,
    ends: [active, ...inOrder].flatMap(end => end ?? []),
    confidence: row.confidence,
    notes: notesOf(row, ends, context),
  };
}

/**
 * Days until the end of each support: 0 on its last day, negative once it has
 * passed, NaN when its day is not known, so that it is neither ahead nor past.
 */
function daysLeft({ known }: RowEnds, today: string) {
  const until = (end?: { date: string }) =>
    end ? daysBetween(today, end.date) : NaN;
  return {
    active: until(known.active),
    standard: until(known.standard),
    extended: until(known.extended),
  };
}

function stateOf(ends: RowEnds, context: VerdictContext): ClusterSupportState {
  const { today, endingSoonDays } = context;
  const left = daysLeft(ends, today);
  if (left.standard >= 0) {
    if (left.standard <= endingSoonDays) return 'ending_soon';
    return left.active < 0 ? 'maintenance' : 'supported';
  }
  if (left.extended >= 0) return 'extended';
  const mayGoOn =
    !ends.known.standard ||
    (ends.extendedDayUnknown && !isExtendedOver(ends, today));
  return mayGoOn ? 'unknown' : 'unsupported';
}

function isExtendedOver({ extendedOverBy }: RowEnds, today: string): boolean {
  return extendedOverBy !== undefined && today > extendedOverBy;
}

function notesOf(
  row: CalendarRow,
  ends: RowEnds,
  context: VerdictContext,
): SupportNote[] {
  const { calendar, today, endingSoonDays } = context;
  const left = daysLeft(ends, today);
  const extendedOver = left.extended < 0 || isExtendedOver(ends, today);
  const when = (condition: boolean, note?: SupportNote) =>
    condition && note ? [note] : [];
  return [
    ...when(row.planned === true, 'planned_release'),
    ...when(
      calendar.futureDatesArePlans === true &&
        (left.standard >= 0 || left.extended >= 0),
      'future_dates_are_plans',
    ),
    ...when(ends.hasMonths, 'months_only'),
    ...when(left.active < 0 && left.standard >= 0, 'critical_fixes_only'),
    ...when(
      row.extended !== undefined && !extendedOver,
      calendar.extendedTerms,
    ),
    ...when(
      left.standard < 0 &&
        left.extended >= 0 &&
        left.extended <= endingSoonDays,
      'extended_ends_soon',
    ),
    ...when(
      ends.extendedDayUnknown,
      extendedOver ? 'extended_ended' : 'extended_end_unknown',
    ),
    ...when(
      left.standard < 0 && -left.standard <= (calendar.graceDays ?? 0),
      'grace_period',
    ),
    ...when(
      left.standard < 0 && hasPlatformSupport(row, context),
      'platform_support',
    ),
  ];
}

/** Counts from the newest version that is known to be out, not from planned ones. */
function hasPlatformSupport(
  row: CalendarRow,
  { calendar, today }: VerdictContext,
): boolean {
  if (calendar.platformSupportBehind === undefined) return false;
  const newest = calendar.rows.findIndex(({ planned, release }) => {
    const day = earliestDay(release, calendar);
    return !planned && day !== undefined && day <= today;
  });
  return (
    newest >= 0 &&
    calendar.rows[newest + calendar.platformSupportBehind] === row
  );
}
