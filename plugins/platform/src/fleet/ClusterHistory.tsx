import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ClusterDay } from '@roadbed/backstage-plugin-platform-common';
import { Day } from '../components/Day';
import { DataTable, type Column } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/format';
import { StepChart } from '../components/StepChart';
import { Panel } from '../components/Panel';
import { platformTranslationRef } from '../translation';

const known = (count: number | null) =>
  count === null ? '–' : formatCount(count);

/** The days on which something differs from the day before, newest first. */
export function changedDays(history: ClusterDay[]): ClusterDay[] {
  const days = [...history].sort((a, b) => a.day.localeCompare(b.day));
  return days
    .filter((day, index) => {
      const before = days[index - 1];
      return (
        !before ||
        day.version !== before.version ||
        day.nodes !== before.nodes ||
        day.workloads !== before.workloads
      );
    })
    .reverse();
}

/** The days on which another version was seen than the day before. */
function upgrades(days: ClusterDay[]): Array<{ day: string; label: string }> {
  return days.flatMap(({ day, version }, index) => {
    const before = days[index - 1]?.version;
    return version && before && version !== before
      ? [{ day, label: version.replace(/^(v?[\d.]*\d).*$/, '$1') }]
      : [];
  });
}

/** How a cluster changed: versions, nodes, workloads. */
export const ClusterHistory = ({ history }: { history: ClusterDay[] }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const rows = changedDays(history);
  const days = [...history].sort((a, b) => a.day.localeCompare(b.day));
  const markers = upgrades(days);
  const columns: Array<Column<ClusterDay>> = [
    {
      id: 'day',
      header: t('cluster.history.day'),
      noWrap: true,
      render: ({ day }) => <Day day={day} />,
    },
    {
      id: 'version',
      header: t('cluster.history.version'),
      render: ({ version }) => version ?? '–',
    },
    {
      id: 'nodes',
      header: t('cluster.history.nodes'),
      numeric: true,
      render: ({ nodes }) => known(nodes),
    },
    {
      id: 'workloads',
      header: t('cluster.history.workloads'),
      numeric: true,
      render: ({ workloads }) => known(workloads),
    },
  ];
  return (
    <Panel title={t('cluster.history.title')}>
      {days.length > 1 &&
        (['nodes', 'workloads'] as const).map(count => (
          <StepChart
            key={count}
            label={t(`cluster.history.${count}`)}
            points={days.map(day => ({ day: day.day, value: day[count] }))}
            markers={markers}
          />
        ))}
      <DataTable
        label={t('cluster.history.title')}
        columns={columns}
        rows={rows}
        rowKey={({ day }) => day}
        placeholder={
          rows.length === 0 ? (
            <EmptyState title={t('cluster.history.empty')} />
          ) : undefined
        }
      />
    </Panel>
  );
};
