import { makeStyles } from '@material-ui/core/styles';
import { useTextStyles } from './colors';
import { CopyButton } from './CopyButton';

const useStyles = makeStyles(
  theme => ({
    root: { margin: theme.spacing(0.75, 0, 1.5), textAlign: 'left' },
    code: {
      margin: theme.spacing(0, 0, 0.75),
      padding: theme.spacing(1),
      // Wraps, so that nobody has to scroll what only the button copies.
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 4,
    },
  }),
  { name: 'RoadbedSnippet' },
);

/** Properties of {@link Snippet}. */
export interface SnippetProps {
  text: string;
  /** The words of the button that copies it. */
  copyLabel: string;
}

/** Lines to be put somewhere else, with a button that copies them. */
export const Snippet = ({ text, copyLabel }: SnippetProps) => {
  const classes = useStyles();
  const { mono } = useTextStyles();
  return (
    <div className={classes.root}>
      <pre className={`${classes.code} ${mono}`}>{text}</pre>
      <CopyButton text={text} label={copyLabel} />
    </div>
  );
};
