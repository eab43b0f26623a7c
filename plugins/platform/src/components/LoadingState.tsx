import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { platformTranslationRef } from '../translation';
import { VisuallyHidden } from './VisuallyHidden';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(1.5, 2) },
    bar: {
      height: 18,
      margin: theme.spacing(1.25, 0),
      borderRadius: 4,
      backgroundColor: theme.palette.action.hover,
    },
  }),
  { name: 'RoadbedLoadingState' },
);

/** The shape of what is coming, before anything is known. */
export const LoadingState = ({ rows = 5 }: { rows?: number }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  return (
    <div className={classes.root} role="status" aria-busy="true">
      <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          aria-hidden
          className={classes.bar}
          style={{ width: `${92 - ((row * 17) % 40)}%` }}
        />
      ))}
    </div>
  );
};
