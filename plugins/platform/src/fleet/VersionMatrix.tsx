import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetSummary } from '@roadbed/backstage-plugin-platform-common';
import { DataTable, type Column } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/format';
import { Panel } from '../components/Panel';
import { platformTranslationRef } from '../translation';
import { ClusterTag } from './ClusterTag';
import { useFleetLinks } from './links';
import { environmentOrder, newestMinorFirst } from './matrixOrder';

type VersionRow = FleetSummary['versions'][number];

/** Clusters that one cell names before it only counts the others. */
const NAMED_PER_CELL = 6;

/** How the interface asks for clusters without a known value. */
const UNKNOWN = 'unknown';

const useStyles = makeStyles(
  { cell: { display: 'flex', flexWrap: 'wrap', gap: 4 } },
  { name: 'RoadbedVersionMatrix' },
);

/** Which minor runs where: one row per minor, one column per environment. */
export const VersionMatrix = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const links = useFleetLinks();
  const rows = [...summary.versions].sort((a, b) =>
    newestMinorFirst(a.minor, b.minor),
  );
  const environments = [
    ...new Set(
      rows.flatMap(row => row.clusters.map(({ environment }) => environment)),
    ),
  ].sort(environmentOrder);

  const cell = (row: VersionRow, environment: string | null) => {
    const clusters = row.clusters.filter(c => c.environment === environment);
    const rest = clusters.length - NAMED_PER_CELL;
    return (
      <div className={classes.cell}>
        {clusters.slice(0, NAMED_PER_CELL).map(({ name, state }) => (
          <ClusterTag key={name} name={name} state={state} />
        ))}
        {rest > 0 && (
          <Link
            to={links.clusters({
              minor: row.minor ?? UNKNOWN,
              ...(environment !== null && { environment }),
            })}
          >
            {t('fleet.matrix.more', { amount: formatCount(rest) })}
          </Link>
        )}
      </div>
    );
  };

  const columns: Array<Column<VersionRow>> = [
    {
      id: 'minor',
      header: t('fleet.matrix.minor'),
      render: row => (
        <Link to={links.clusters({ minor: row.minor ?? UNKNOWN })}>
          {row.minor ?? t('fleet.matrix.unknown')}
        </Link>
      ),
    },
    ...environments.map(environment => ({
      id: `environment:${environment}`,
      header: environment ?? t('fleet.matrix.noEnvironment'),
      render: (row: VersionRow) => cell(row, environment),
    })),
    {
      id: 'clusters',
      header: t('fleet.matrix.clusters'),
      numeric: true,
      render: row => formatCount(row.clusters.length),
    },
  ];
  return (
    <Panel title={t('fleet.matrix.title')}>
      <DataTable
        label={t('fleet.matrix.title')}
        columns={columns}
        rows={rows}
        rowKey={row => row.minor ?? UNKNOWN}
        placeholder={
          rows.length === 0 ? (
            <EmptyState title={t('fleet.matrix.empty')} />
          ) : undefined
        }
      />
    </Panel>
  );
};
