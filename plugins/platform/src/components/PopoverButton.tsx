import ButtonBase from '@material-ui/core/ButtonBase';
import IconButton from '@material-ui/core/IconButton';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import HelpIcon from '@material-ui/icons/HelpOutline';
import { useState, type ReactNode } from 'react';
import { subtleText } from './colors';

const useStyles = makeStyles(
  theme => ({
    icon: { color: subtleText(theme), '& svg': { fontSize: '1rem' } },
    words: {
      font: 'inherit',
      textAlign: 'left',
      color: theme.palette.primary.main,
      '&:hover, &:focus-visible': { textDecoration: 'underline' },
    },
    body: { padding: theme.spacing(2), maxWidth: 480, fontSize: '0.875rem' },
  }),
  { name: 'RoadbedPopoverButton' },
);

/** Properties of {@link PopoverButton}. */
export interface PopoverButtonProps {
  /** What the popover tells, for screen readers. */
  title: string;
  /** The button's words; without them it is a question mark. */
  words?: string;
  /** What a question mark is called for screen readers; its `title` by default. */
  label?: string;
  /** Rendered when it is opened, so it may read something. */
  children: ReactNode;
}

/** A button that opens more to read; Escape closes it and gives focus back. */
export const PopoverButton = (props: PopoverButtonProps) => {
  const { title, words, label = title, children } = props;
  const classes = useStyles();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const button = {
    'aria-haspopup': 'dialog' as const,
    'aria-expanded': Boolean(anchor),
    onClick: (event: { currentTarget: HTMLElement }) =>
      setAnchor(event.currentTarget),
  };
  return (
    <>
      {words ? (
        <ButtonBase disableRipple className={classes.words} {...button}>
          {words}
        </ButtonBase>
      ) : (
        <IconButton
          size="small"
          className={classes.icon}
          aria-label={label}
          {...button}
        >
          <HelpIcon />
        </IconButton>
      )}
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        PaperProps={{ role: 'dialog', 'aria-label': title, tabIndex: -1 }}
      >
        <div className={classes.body}>{children}</div>
      </Popover>
    </>
  );
};
