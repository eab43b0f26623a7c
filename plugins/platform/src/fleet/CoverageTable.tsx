import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Coverage } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { CopyButton } from '../components/CopyButton';
import { DataTable, type Column } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/format';
import { Panel } from '../components/Panel';
import { RelativeTime } from '../components/RelativeTime';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { toClusterRoleRules } from './clusterRole';
import { COVERAGE_SEVERITY } from './verdicts';

/** Which collectors have what from a cluster, and what stands in the others' way. */
export const CoverageTable = ({ coverage }: { coverage: Coverage[] }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  const cadence = (seconds: number) => {
    if (seconds < 60) {
      return t('cluster.coverage.seconds', { value: String(seconds) });
    }
    return seconds < 3600
      ? t('cluster.coverage.minutes', {
          value: String(Math.round(seconds / 60)),
        })
      : t('cluster.coverage.hours', {
          value: String(Math.round(seconds / 3600)),
        });
  };
  const columns: Array<Column<Coverage>> = [
    {
      id: 'collector',
      header: t('cluster.coverage.collector'),
      render: ({ title }) => title,
    },
    {
      id: 'state',
      header: t('cluster.coverage.state'),
      render: ({ state }) => (
        <VerdictChip
          severity={COVERAGE_SEVERITY[state]}
          label={t(`coverageState.${state}`)}
        />
      ),
    },
    {
      id: 'objects',
      header: t('cluster.coverage.objects'),
      numeric: true,
      render: ({ objects, progress, asOf }) => {
        if (progress) {
          return progress.expected === null
            ? t('cluster.coverage.runningUnknown', {
                objects: formatCount(progress.objects),
              })
            : t('cluster.coverage.running', {
                objects: formatCount(progress.objects),
                expected: formatCount(progress.expected),
              });
        }
        return asOf === null ? '–' : formatCount(objects);
      },
    },
    {
      id: 'asOf',
      foldBelow: 760,
      header: t('cluster.coverage.asOf'),
      noWrap: true,
      render: ({ asOf, cadenceSeconds }) => (
        <>
          <RelativeTime instant={asOf} />
          <div className={`${text.subtle} ${text.small}`}>
            {cadence(cadenceSeconds)}
          </div>
        </>
      ),
    },
    {
      id: 'problem',
      foldBelow: 760,
      header: t('cluster.coverage.problem'),
      render: ({ problem }) =>
        problem && (
          <>
            <div className={text.small}>{problem.message}</div>
            {problem.missingRule && (
              <CopyButton
                text={toClusterRoleRules([problem.missingRule])}
                label={t('fleet.rule.copy', { count: 1 })}
              />
            )}
          </>
        ),
    },
  ];
  return (
    <div id="coverage">
      <Panel title={t('cluster.coverage.title')}>
        <DataTable
          label={t('cluster.coverage.title')}
          columns={columns}
          rows={coverage}
          rowKey={({ collector }) => collector}
          placeholder={
            coverage.length === 0 ? (
              <EmptyState title={t('cluster.coverage.empty')} />
            ) : undefined
          }
        />
      </Panel>
    </div>
  );
};
