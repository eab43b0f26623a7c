import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { platformTranslationRef } from '../translation';
import { useNow } from './now';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An age as a number of the largest unit that keeps it readable. */
export interface Age {
  value: number;
  unit: 'seconds' | 'minutes' | 'hours' | 'days';
}

/**
 * An age in milliseconds in readable units: seconds up to 90 s, minutes up to
 * 90 min, hours up to 48 h, then days. A clock that runs behind gives 0 s.
 */
export function toAge(ms: number): Age {
  const age = Math.max(0, ms);
  if (age < 90 * SECOND) {
    return { value: Math.floor(age / SECOND), unit: 'seconds' };
  }
  if (age < 90 * MINUTE) {
    return { value: Math.round(age / MINUTE), unit: 'minutes' };
  }
  if (age < 2 * DAY) {
    return { value: Math.round(age / HOUR), unit: 'hours' };
  }
  return { value: Math.floor(age / DAY), unit: 'days' };
}

const useStyles = makeStyles(
  { root: { whiteSpace: 'nowrap' } },
  { name: 'RoadbedRelativeTime' },
);

/** Properties of {@link RelativeTime}. */
export interface RelativeTimeProps {
  /** ISO 8601; `null` means that it never happened or is not known. */
  instant: string | null;
  /** What to show for `null`. */
  fallback?: string;
}

/** How long ago something was; hover or focus tells exactly when. */
export const RelativeTime = ({
  instant,
  fallback = '–',
}: RelativeTimeProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const now = useNow();
  if (instant === null) {
    return <>{fallback}</>;
  }
  const at = DateTime.fromISO(instant);
  const { value, unit } = toAge(now - at.toMillis());
  return (
    <Tooltip title={at.toLocaleString(DateTime.DATETIME_HUGE_WITH_SECONDS)}>
      {/* Keyboard users reach the exact time the way mouse users do. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <time dateTime={instant} tabIndex={0} className={classes.root}>
        {t(`time.${unit}`, { value: String(value) })}
      </time>
    </Tooltip>
  );
};
