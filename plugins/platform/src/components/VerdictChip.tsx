import { makeStyles } from '@material-ui/core/styles';
import { severityColors, type Severity } from './colors';

/** Shapes that tell the severities apart without colour. */
const ICONS: Record<Severity, string> = {
  error: '●',
  warning: '▲',
  unknown: '?',
  info: '…',
  neutral: '–',
  ok: '✓',
};

const useStyles = makeStyles(
  theme => ({
    root: ({ severity }: { severity: Severity }) => {
      const { text, background } = severityColors(theme, severity);
      return {
        display: 'inline-flex',
        alignItems: 'baseline',
        gap: 5,
        padding: '1px 9px',
        borderRadius: 10,
        fontSize: '0.75rem',
        fontWeight: 600,
        lineHeight: '18px',
        whiteSpace: 'nowrap',
        color: text,
        backgroundColor: background,
      };
    },
    icon: { fontSize: '0.6875rem' },
  }),
  { name: 'RoadbedVerdictChip' },
);

/** Properties of {@link VerdictChip}. */
export interface VerdictChipProps {
  severity: Severity;
  /** The verdict in a word or two. */
  label: string;
}

/** A verdict: an icon and a word, and only then a colour. */
export const VerdictChip = ({ severity, label }: VerdictChipProps) => {
  const classes = useStyles({ severity });
  return (
    <span className={classes.root} data-severity={severity}>
      <span aria-hidden className={classes.icon}>
        {ICONS[severity]}
      </span>
      {label}
    </span>
  );
};
