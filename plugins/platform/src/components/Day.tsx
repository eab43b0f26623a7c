import { DateTime } from 'luxon';

/** A day of the calendar, `YYYY-MM-DD`, as the reader's language writes it. */
export const Day = ({ day }: { day: string }) => (
  <time dateTime={day} style={{ whiteSpace: 'nowrap' }}>
    {DateTime.fromISO(day).toLocaleString(DateTime.DATE_MED)}
  </time>
);
