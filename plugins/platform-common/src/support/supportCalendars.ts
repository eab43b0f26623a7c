import { aksCalendar } from './calendars/aksCalendar';
import { eksCalendar } from './calendars/eksCalendar';
import { gkeCalendar } from './calendars/gkeCalendar';
import { upstreamCalendar } from './calendars/upstreamCalendar';
import type { SupportCalendars } from './supportCalendar';

/** The calendars that come with Roadbed. @public */
export const supportCalendars: SupportCalendars = Object.freeze({
  upstream: upstreamCalendar,
  providers: Object.freeze([eksCalendar, gkeCalendar, aksCalendar]),
});
