import { makeStyles, useTheme } from '@material-ui/core/styles';
import { severityColors, subtleText } from './colors';
import { Day } from './Day';
import { formatCount } from './format';
import { dayNumber, niceCeiling, stepPath, type DayValue } from './stepPath';
import { useWidth } from './useWidth';

const HEIGHT = 96;
/** Room for the figures of the vertical axis, and for the words of markers. */
const LEFT = 44;
const TOP = 16;
const BOTTOM = 6;

const useStyles = makeStyles(
  theme => ({
    root: { margin: 0, padding: theme.spacing(1, 2), minWidth: 0 },
    title: { fontSize: '0.8125rem' },
    svg: { display: 'block', width: '100%', overflow: 'visible' },
    days: {
      display: 'flex',
      justifyContent: 'space-between',
      paddingLeft: LEFT,
      fontSize: '0.75rem',
      color: subtleText(theme),
    },
  }),
  { name: 'RoadbedStepChart' },
);

/** Properties of {@link StepChart}. */
export interface StepChartProps {
  /** What is counted, with its unit: "Nodes". */
  label: string;
  /** Days in ascending order. */
  points: DayValue[];
  /** What happened on a day, such as an upgrade. */
  markers?: Array<{ day: string; label: string }>;
}

/**
 * A count over days as a line of steps from zero. Readers of a table find the
 * same days below it: the picture is one image with a summary to screen readers.
 */
export const StepChart = ({ label, points, markers = [] }: StepChartProps) => {
  const classes = useStyles();
  const theme = useTheme();
  const [width = 0, ref] = useWidth();
  const values = points.flatMap(({ value }) => value ?? []);
  if (values.length === 0) {
    return null;
  }
  const first = dayNumber(points[0].day);
  const last = dayNumber(points[points.length - 1].day) + 1;
  const top = niceCeiling(Math.max(...values));
  // The padding of the frame stands at both sides of what is measured.
  const inner = Math.max(1, width - theme.spacing(4) - LEFT);
  const x = (day: number) => LEFT + ((day - first) / (last - first)) * inner;
  const y = (value: number) =>
    HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP);
  const line = severityColors(theme, 'info').edge;
  const words = subtleText(theme);
  return (
    <figure className={classes.root} ref={ref}>
      <figcaption className={classes.title}>{label}</figcaption>
      <svg
        className={classes.svg}
        height={HEIGHT}
        role="img"
        aria-label={`${label}: ${formatCount(
          Math.min(...values),
        )}–${formatCount(Math.max(...values))}`}
      >
        {[0, top / 2, top].map(tick => (
          <g key={tick}>
            <line
              x1={LEFT}
              x2={LEFT + inner}
              y1={y(tick)}
              y2={y(tick)}
              stroke={theme.palette.divider}
            />
            <text
              x={LEFT - 8}
              y={y(tick) + 4}
              textAnchor="end"
              fontSize={11}
              fill={words}
            >
              {formatCount(tick)}
            </text>
          </g>
        ))}
        {markers.map(marker => (
          <g key={marker.day}>
            <line
              x1={x(dayNumber(marker.day))}
              x2={x(dayNumber(marker.day))}
              y1={TOP - 4}
              y2={HEIGHT - BOTTOM}
              stroke={words}
              strokeDasharray="3 3"
            />
            <text
              x={x(dayNumber(marker.day)) + 4}
              y={TOP - 5}
              fontSize={11}
              fill={words}
            >
              {marker.label}
            </text>
          </g>
        ))}
        <path
          d={stepPath({ points, x, y })}
          fill="none"
          stroke={line}
          strokeWidth={2}
        />
      </svg>
      <div className={classes.days}>
        <Day day={points[0].day} />
        <Day day={points[points.length - 1].day} />
      </div>
    </figure>
  );
};
