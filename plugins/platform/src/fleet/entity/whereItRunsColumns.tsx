import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import {
  olderImages,
  type ClusterState,
  type Workload,
} from '@roadbed/backstage-plugin-platform-common';
import type { Column } from '../../components/Column';
import { useTextStyles } from '../../components/colors';
import { RelativeTime } from '../../components/RelativeTime';
import { platformTranslationRef } from '../../translation';
import { ClusterLink } from '../ClusterLink';
import { shortImage } from '../workloadColumns';
import { ReadyCell } from './ReadyCell';

/** States of a cluster that do not put its rows in doubt. */
const TRUSTED: ReadonlySet<string> = new Set<ClusterState>([
  'fresh',
  'partial',
  'collecting',
]);

/** How old a row is, and what keeps it from being newer or complete. */
const DataCell = ({ workload }: { workload: Workload }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  const state = workload.clusterState as ClusterState;
  return (
    <>
      {workload.pods === null ? (
        t('entity.whereItRuns.podsNotCollected')
      ) : (
        <span className={text.subtle}>
          <RelativeTime instant={workload.asOf} />
        </span>
      )}
      {!TRUSTED.has(state) && (
        <div className={text.small}>{t(`clusterState.${state}`)}</div>
      )}
    </>
  );
};

/**
 * The columns of the card *Where it runs*.
 *
 * @param workloads - all that were read, shown or not: an image is old or not
 *   among all of them
 */
export function useWhereItRunsColumns(
  workloads: Workload[],
): Array<Column<Workload>> {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  const older = olderImages(
    workloads.flatMap(({ images }) => images.map(({ image }) => image)),
  );
  return [
    {
      id: 'cluster',
      header: t('entity.whereItRuns.cluster'),
      noWrap: true,
      render: ({ cluster }) => <ClusterLink name={cluster} />,
    },
    {
      id: 'workload',
      header: t('entity.whereItRuns.workload'),
      render: ({ name, kind }) => (
        <>
          {name} <span className={text.subtle}>{kind}</span>
        </>
      ),
    },
    {
      id: 'ready',
      header: t('entity.whereItRuns.ready'),
      numeric: true,
      render: workload => <ReadyCell workload={workload} />,
    },
    {
      id: 'image',
      header: t('entity.whereItRuns.image'),
      foldBelow: 440,
      render: ({ images: [first] }) =>
        first ? (
          <>
            <Tooltip title={first.image}>
              <span className={text.mono}>{shortImage(first.image)}</span>
            </Tooltip>
            {older.has(first.image) && (
              <Tooltip title={t('entity.whereItRuns.olderWhy')}>
                <span className={`${text.subtle} ${text.mono}`}>
                  {' '}
                  {t('entity.whereItRuns.older')}
                </span>
              </Tooltip>
            )}
          </>
        ) : (
          '–'
        ),
    },
    {
      id: 'data',
      header: t('entity.whereItRuns.data'),
      foldBelow: 540,
      render: workload => <DataCell workload={workload} />,
    },
  ];
}
