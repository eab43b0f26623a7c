import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { platformTranslationRef } from '../translation';
import { subtleText } from './colors';
import { PopoverButton } from './PopoverButton';
import { RelativeTime } from './RelativeTime';

const useStyles = makeStyles(
  theme => ({
    body: {
      maxWidth: 380,
      margin: 0,
      display: 'grid',
      gridTemplateColumns: 'max-content 1fr',
      gap: theme.spacing(0.75, 2),
      '& dt': { color: subtleText(theme) },
      '& dd': { margin: 0 },
    },
  }),
  { name: 'RoadbedWhyPopover' },
);

/** Properties of {@link WhyPopover}. */
export interface WhyPopoverProps {
  /** The number that is explained, in words. */
  subject: string;
  /** How it is computed. */
  formula: string;
  /** What was read for it. */
  sources: string;
  /** What it was computed at; ISO 8601. */
  asOf: string | null;
}

/** The why of a number: formula, sources and age, one click or key away. */
export const WhyPopover = (props: WhyPopoverProps) => {
  const { subject, formula, sources, asOf } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  return (
    <PopoverButton title={subject} label={t('why.label', { subject })}>
      <dl className={classes.body}>
        <dt>{t('why.formula')}</dt>
        <dd>{formula}</dd>
        <dt>{t('why.sources')}</dt>
        <dd>{sources}</dd>
        <dt>{t('why.asOf')}</dt>
        <dd>
          <RelativeTime instant={asOf} />
        </dd>
      </dl>
    </PopoverButton>
  );
};
