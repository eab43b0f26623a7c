import { createTheme, getContrastRatio, Theme } from '@material-ui/core/styles';
import { themes } from '@backstage/theme';
import { severityColors, subtleText, type Severity } from './colors';

const SEVERITIES: Severity[] = [
  'error',
  'warning',
  'unknown',
  'info',
  'neutral',
  'ok',
];

const THEMES: Array<[string, Theme]> = [
  ['Backstage light', themes.light.getTheme('v4') as Theme],
  ['Backstage dark', themes.dark.getTheme('v4') as Theme],
  ['plain light', createTheme({ palette: { type: 'light' } })],
  ['plain dark', createTheme({ palette: { type: 'dark' } })],
  [
    'a pale brand',
    createTheme({
      palette: { warning: { main: '#fff59d' }, error: { main: '#ffcdd2' } },
    }),
  ],
];

describe.each(THEMES)('colours of %s', (_, theme) => {
  const { paper, default: page } = theme.palette.background;

  it.each(SEVERITIES)('keeps %s legible', severity => {
    const { text, background, edge } = severityColors(theme, severity);
    expect(getContrastRatio(text, background)).toBeGreaterThanOrEqual(4.5);
    expect(getContrastRatio(edge, paper)).toBeGreaterThanOrEqual(3);
  });

  it('keeps secondary text legible on the page and on paper', () => {
    expect(getContrastRatio(subtleText(theme), paper)).toBeGreaterThanOrEqual(
      4.5,
    );
    expect(getContrastRatio(subtleText(theme), page)).toBeGreaterThanOrEqual(
      4.5,
    );
  });
});
