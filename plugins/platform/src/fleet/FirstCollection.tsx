import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetSummary } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { formatCount } from '../components/format';
import { Panel } from '../components/Panel';
import { platformTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    body: { padding: theme.spacing(1.5, 2), display: 'grid', gap: 8 },
    bar: { height: 8, borderRadius: 4 },
  }),
  { name: 'RoadbedFirstCollection' },
);

/** How far the first collection has come. */
export const FirstCollection = (props: {
  progress: NonNullable<FleetSummary['firstCollection']>;
}) => {
  const { clustersDone, clustersTotal, jobsDone, jobsTotal, objects } =
    props.progress;
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  const parts = [
    t('fleet.progress.clusters', {
      done: formatCount(clustersDone),
      total: formatCount(clustersTotal),
    }),
    t('fleet.progress.jobs', {
      done: formatCount(jobsDone),
      total: formatCount(jobsTotal),
    }),
    t('fleet.progress.objects', { objects: formatCount(objects) }),
  ];
  return (
    <Panel title={t('fleet.progress.title')}>
      <div className={classes.body}>
        <LinearProgress
          variant="determinate"
          className={classes.bar}
          value={jobsTotal === 0 ? 0 : (100 * jobsDone) / jobsTotal}
          aria-label={t('fleet.progress.title')}
          aria-valuetext={parts.join(', ')}
        />
        <div>{parts.join(' · ')}</div>
        <div className={`${text.subtle} ${text.small}`}>
          {t('fleet.progress.leave')}
        </div>
      </div>
    </Panel>
  );
};
