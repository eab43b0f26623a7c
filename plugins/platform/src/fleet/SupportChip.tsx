import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ClusterSupport } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { Day } from '../components/Day';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { SupportWhy } from './SupportWhy';
import { SUPPORT_SEVERITY } from './verdicts';

const useStyles = makeStyles(
  {
    root: { display: 'flex', alignItems: 'center', gap: 2 },
    end: { whiteSpace: 'nowrap' },
  },
  { name: 'RoadbedSupportChip' },
);

/** Properties of {@link SupportChip}. */
export interface SupportChipProps {
  cluster: string;
  support: ClusterSupport;
}

/** Whether a cluster's version is still supported, until when, and why. */
export const SupportChip = ({ cluster, support }: SupportChipProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  const { state, nextEnd, conflict } = support;
  const past =
    nextEnd !== null && nextEnd.date < new Date().toISOString().slice(0, 10);
  return (
    <div>
      <span className={classes.root}>
        <VerdictChip
          severity={SUPPORT_SEVERITY[state]}
          label={t(`supportState.${state}`)}
        />
        <SupportWhy cluster={cluster} />
      </span>
      {nextEnd && (
        <div className={`${text.subtle} ${text.small} ${classes.end}`}>
          {t(past ? 'support.ended' : 'support.until')}{' '}
          <Day day={nextEnd.date} />
          {conflict && <div>{t('support.conflict')}</div>}
        </div>
      )}
    </div>
  );
};
