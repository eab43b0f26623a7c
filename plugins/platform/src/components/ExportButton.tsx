import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { platformTranslationRef } from '../translation';
import type { ExportState } from './useExport';

const useStyles = makeStyles(
  theme => ({
    button: {
      textTransform: 'none',
      fontWeight: 400,
      padding: theme.spacing(0.25, 1.25),
      borderColor: theme.palette.divider,
    },
  }),
  { name: 'RoadbedExportButton' },
);

/** Properties of {@link ExportButton}. */
export interface ExportButtonProps {
  /** The list that is exported, for screen readers. */
  title: string;
  state: ExportState;
}

/** Saves all rows that pass the filters as a file; says while that goes on. */
export const ExportButton = ({ title, state }: ExportButtonProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const words = t(state.running ? 'export.running' : 'export.button');
  return (
    <Button
      size="small"
      variant="outlined"
      className={classes.button}
      disabled={state.running}
      aria-label={t('export.label', { words, title })}
      onClick={state.start}
    >
      {words}
    </Button>
  );
};
