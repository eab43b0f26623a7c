import { compareMinors } from '../fleet/kubernetesVersion';
import { dayOf } from './calendarDays';
import { earliestDay } from './rowEnds';
import { rowVerdict, type Verdict } from './rowVerdict';
import type { SupportCalendar, SupportCalendars } from './supportCalendar';
import { supportCalendars } from './supportCalendars';
import type { SupportNote } from './supportNotes';
import type { ClusterSupport, ClusterSupportDetail } from './supportSchemas';

/** How many days before its end support counts as ending soon. @public */
export const ENDING_SOON_DAYS = 90;

/** What {@link supportOf} wants to know. @public */
export interface SupportQuestion {
  /** Who runs the cluster, such as `EKS`; absent when not known. */
  provider?: string;
  /** The effective minor such as `1.34`; absent when not known. */
  minor?: string;
  /** Epoch milliseconds. */
  now: number;
  endingSoonDays?: number;
  /** Instead of the calendars that come with Roadbed. */
  calendars?: SupportCalendars;
}

/**
 * Whether a version is still supported on a day, by the calendar of who runs the
 * cluster.
 *
 * @remarks
 * A day that ends support is still supported, in UTC. Where sources differ the
 * earliest day counts. Without a calendar of the provider Kubernetes' own is
 * used, and a note says so. What the calendar does not know is `unknown`, never
 * supported, also when Kubernetes' own calendar knows it: that is the hint.
 *
 * State: `ending_soon` when standard support ends within `endingSoonDays` (it
 * hides `maintenance`, which is less pressing; the note `critical_fixes_only`
 * tells), after it `extended` or `unsupported`. Days of grace and support of the
 * platform alone change nothing but the notes.
 *
 * @public
 */
export function supportOf(question: SupportQuestion): ClusterSupportDetail {
  const { provider, minor, now, calendars = supportCalendars } = question;
  const calendar = calendarOf(provider, calendars);
  const row = calendar.rows.find(candidate => candidate.minor === minor);
  const verdict: ReturnType<typeof unknownVersion> = row
    ? rowVerdict(row, {
        calendar,
        today: dayOf(now),
        endingSoonDays: question.endingSoonDays ?? ENDING_SOON_DAYS,
      })
    : unknownVersion(minor, calendar, calendars.upstream);
  const isStandIn =
    calendar === calendars.upstream && !isNamed(calendar, provider);
  return {
    state: verdict.state,
    calendar: calendar.id,
    nextEnd: verdict.nextEnd,
    conflict: verdict.ends.some(({ conflict }) => conflict),
    calendarTitle: calendar.title,
    calendarAsOf: calendar.asOf,
    ends: verdict.ends,
    confidence: verdict.confidence,
    notes: [...(isStandIn ? [standInNote(provider)] : []), ...verdict.notes],
    ...(verdict.hint && { hint: verdict.hint }),
  };
}

/** The part of the support of a cluster that lists show. @public */
export function supportInBrief(support: ClusterSupportDetail): ClusterSupport {
  const { state, calendar, nextEnd, conflict } = support;
  return { state, calendar, nextEnd, conflict };
}

function calendarOf(
  provider: string | undefined,
  { upstream, providers }: SupportCalendars,
): SupportCalendar {
  return providers.find(calendar => isNamed(calendar, provider)) ?? upstream;
}

function isNamed({ providers }: SupportCalendar, provider = ''): boolean {
  const name = provider.trim().toLowerCase();
  return providers.some(known => known.toLowerCase() === name);
}

function standInNote(provider: string | undefined): SupportNote {
  return provider?.trim() ? 'provider_without_calendar' : 'provider_unknown';
}

function unknownVersion(
  minor: string | undefined,
  calendar: SupportCalendar,
  upstream: SupportCalendar,
): Verdict & Pick<ClusterSupportDetail, 'hint'> {
  const upstreamRow = upstream.rows.find(row => row.minor === minor);
  const date =
    calendar !== upstream && upstreamRow
      ? earliestDay(upstreamRow.standard, upstream)
      : undefined;
  return {
    state: 'unknown',
    nextEnd: null,
    ends: [],
    confidence: null,
    notes: [whyNoRow(minor, calendar)],
    ...(date && { hint: { calendar: upstream.id, kind: 'standard', date } }),
  };
}

function whyNoRow(
  minor: string | undefined,
  { rows }: SupportCalendar,
): SupportNote {
  if (!minor || !/^\d+\.\d+$/.test(minor)) return 'version_unknown';
  if (compareMinors(minor, rows[0].minor) > 0) return 'beyond_horizon';
  return compareMinors(minor, rows[rows.length - 1].minor) < 0
    ? 'older_than_calendar'
    : 'not_in_calendar';
}
