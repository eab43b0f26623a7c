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

function stateOf(ends: RowEnds, context: VerdictContext): ClusterSupportState {
  const { today, endingSoonDays } = context;
  const { active, standard, extended } = ends.known;
  if (!standard) return 'unknown';
  if (today <= standard.date) {
    if (daysBetween(today, standard.date) <= endingSoonDays) {
      return 'ending_soon';
    }
    return active && today > active.date ? 'maintenance' : 'supported';
  }
  if (extended) return today <= extended.date ? 'extended' : 'unsupported';
  return ends.extendedDayUnknown && !isExtendedOver(ends, today)
    ? 'unknown'
    : 'unsupported';
}

function isExtendedOver({ extendedOverBy }: RowEnds, today: string): boolean {
  return extendedOverBy !== undefined && today > extendedOverBy;
}

function notesOf(
  row: CalendarRow,
  ends: RowEnds,
  context: VerdictContext,
): SupportNote[] {
  const { calendar, today } = context;
  const { active, standard, extended } = ends.known;
  const isAhead = (end?: { date: string }) =>
    end !== undefined && today <= end.date;
  const isPast = (end?: { date: string }) =>
    end !== undefined && today > end.date;
  const extendedOver = isPast(extended) || isExtendedOver(ends, today);
  const mayBeExtended = row.extended !== undefined && !extendedOver;
  const notes: Array<SupportNote | false | undefined> = [
    row.planned && 'planned_release',
    calendar.futureDatesArePlans &&
      (isAhead(standard) || isAhead(extended)) &&
      'future_dates_are_plans',
    ends.hasMonths && 'months_only',
    isPast(active) && isAhead(standard) && 'critical_fixes_only',
    mayBeExtended && calendar.extendedTerms,
    isPast(standard) &&
      isAhead(extended) &&
      daysBetween(today, extended!.date) <= context.endingSoonDays &&
      'extended_ends_soon',
    ends.extendedDayUnknown &&
      (extendedOver ? 'extended_ended' : 'extended_end_unknown'),
    isPast(standard) && hasGrace(standard!.date, context) && 'grace_period',
    isPast(standard) && hasPlatformSupport(row, context) && 'platform_support',
  ];
  return notes.flatMap(note => note || []);
}

function hasGrace(
  standardEnd: string,
  { calendar, today }: VerdictContext,
): boolean {
  return (
    calendar.graceDays !== undefined &&
    daysBetween(standardEnd, today) <= calendar.graceDays
  );
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
