import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { platformTranslationRef } from '../translation';
import { subtleText } from './colors';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      padding: theme.spacing(0.75, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      fontVariantNumeric: 'tabular-nums',
      fontSize: '0.8125rem',
      color: subtleText(theme),
    },
  }),
  { name: 'RoadbedPager' },
);

/** Properties of {@link Pager}. */
export interface PagerProps {
  /** Which rows of how many stand on this page, in words. */
  range: string;
  /** 1 for the first page. */
  page: number;
  nextCursor?: string;
  previousCursor?: string;
  goTo: (place: { cursor: string | undefined; page: number }) => void;
}

/** Where in the list the rows stand, and the way to the pages beside. */
export const Pager = (props: PagerProps) => {
  const { range, page, nextCursor, previousCursor, goTo } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <nav className={useStyles().root} aria-label={t('pager.label')}>
      <span>{range}</span>
      {(previousCursor || nextCursor) && (
        <>
          <Button
            size="small"
            disabled={!previousCursor}
            onClick={() => goTo({ cursor: previousCursor, page: page - 1 })}
          >
            {t('pager.previous')}
          </Button>
          <Button
            size="small"
            disabled={!nextCursor}
            onClick={() => goTo({ cursor: nextCursor, page: page + 1 })}
          >
            {t('pager.next')}
          </Button>
        </>
      )}
    </nav>
  );
};
