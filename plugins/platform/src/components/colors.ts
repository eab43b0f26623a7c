import {
  decomposeColor,
  getContrastRatio,
  makeStyles,
  Theme,
} from '@material-ui/core/styles';

/**
 * How serious something is, worst first. `unknown` is not `ok`; `neutral` is
 * neither good nor bad, such as a workload that is scaled down on purpose.
 */
export type Severity =
  | 'error'
  | 'warning'
  | 'unknown'
  | 'info'
  | 'neutral'
  | 'ok';

/** The colours of one severity on the theme's paper. */
export interface SeverityColors {
  /** Text and icon; at least 4.5:1 against `background`. */
  text: string;
  background: string;
  /** The edge of a tile, the bar of a chart. */
  edge: string;
}

/** Contrast that WCAG AA asks of small text. */
const TEXT_CONTRAST = 4.5;
/** What WCAG asks of the parts of a control or a graphic. */
const GRAPHIC_CONTRAST = 3;

type Rgb = [number, number, number];

function toRgb(color: string): Rgb {
  const [r, g, b] = decomposeColor(color).values as number[];
  return [r, g, b];
}

function mix(from: string, to: string, share: number): string {
  const a = toRgb(from);
  const b = toRgb(to);
  const [r, g, bl] = a.map((v, i) => Math.round(v + (b[i] - v) * share));
  return `rgb(${r}, ${g}, ${bl})`;
}

/**
 * Moves `color` towards black or white, whichever stands off `background`,
 * until it reaches the asked contrast.
 */
function legible(color: string, background: string, contrast: number): string {
  const end =
    getContrastRatio('#000', background) > getContrastRatio('#fff', background)
      ? 'rgb(0, 0, 0)'
      : 'rgb(255, 255, 255)';
  for (let share = 0; share < 1; share += 0.04) {
    const candidate = mix(color, end, share);
    if (getContrastRatio(candidate, background) >= contrast) {
      return candidate;
    }
  }
  return end;
}

/** The status colours of Backstage's themes; plain Material UI themes lack them. */
function hues(theme: Theme): Record<Severity, string> {
  const { status } = theme.palette as {
    status?: Partial<Record<'ok' | 'warning' | 'error' | 'running', string>>;
  };
  return {
    error: status?.error ?? theme.palette.error.main,
    warning: status?.warning ?? theme.palette.warning.main,
    ok: status?.ok ?? theme.palette.success.main,
    info: status?.running ?? theme.palette.info.main,
    unknown: '#808890',
    neutral: '#808890',
  };
}

/**
 * The colours of a severity, derived from the theme so that a portal's own
 * theme carries through and text stays legible on it.
 */
export function severityColors(
  theme: Theme,
  severity: Severity,
): SeverityColors {
  const hue = hues(theme)[severity];
  const { paper } = theme.palette.background;
  const background = mix(paper, hue, 0.14);
  return {
    background,
    text: legible(hue, background, TEXT_CONTRAST),
    edge: legible(hue, paper, GRAPHIC_CONTRAST),
  };
}

/** Secondary text that stays legible on the page as well as on paper. */
export function subtleText(theme: Theme): string {
  const { paper, default: page } = theme.palette.background;
  const start = mix(
    theme.palette.type === 'dark' ? '#ffffff' : '#000000',
    paper,
    0.42,
  );
  return legible(legible(start, paper, 5), page, 5);
}

/** Text classes of every part: subtle, tabular numbers, monospace. */
export const useTextStyles = makeStyles(
  theme => ({
    subtle: { color: subtleText(theme) },
    small: { fontSize: '0.8125rem' },
    number: {
      textAlign: 'right',
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
    },
    mono: {
      fontFamily:
        'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: '0.8125rem',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'RoadbedText' },
);
