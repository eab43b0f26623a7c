import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import type { ReactNode } from 'react';
import { platformTranslationRef } from '../translation';
import { useCopy } from './useCopy';

const useStyles = makeStyles(
  {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 2,
      // The button waits until the text or the button itself is pointed at.
      '& button': { opacity: 0 },
      '&:hover button, & button:focus-visible': { opacity: 1 },
      '@media (hover: none)': { '& button': { opacity: 1 } },
    },
    icon: { fontSize: '0.875rem' },
  },
  { name: 'RoadbedCopyable' },
);

/** Properties of {@link Copyable}. */
export interface CopyableProps {
  /** What goes to the clipboard. */
  text: string;
  /** What is shown, when that is not the text itself. */
  children?: ReactNode;
}

/** A name or a version with a button that copies it. */
export const Copyable = ({ text, children }: CopyableProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const { outcome, copy } = useCopy();
  return (
    <span className={classes.root}>
      {children ?? text}
      <Tooltip title={t(`copy.${outcome}`)}>
        <IconButton
          size="small"
          aria-label={t('copy.label', { text })}
          onClick={() => copy(text)}
        >
          <CopyIcon className={classes.icon} />
        </IconButton>
      </Tooltip>
    </span>
  );
};
