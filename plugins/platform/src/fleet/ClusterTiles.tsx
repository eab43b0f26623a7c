import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ClusterDetail } from '@roadbed/backstage-plugin-platform-common';
import { formatCount } from '../components/format';
import { Tile } from '../components/Tile';
import { TileStrip } from '../components/TileStrip';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';

/** The figures of one cluster; what is not known says so. */
export const ClusterTiles = ({ cluster }: { cluster: ClusterDetail }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const { nodes, workloads, pods, coverage } = cluster;

  /** A tile of "so many are ready", or of "not known". */
  const part = (
    known: { total: number; notReady: number } | null,
    value: string,
  ) => {
    if (known === null) {
      return {
        severity: 'unknown' as const,
        value: '–',
        sub: t('cluster.tiles.notCollected'),
      };
    }
    return known.notReady > 0
      ? {
          severity: 'warning' as const,
          value,
          sub: t('cluster.tiles.notReady', {
            amount: formatCount(known.notReady),
          }),
        }
      : { severity: 'ok' as const, value, sub: t('cluster.tiles.allReady') };
  };
  const ofTotal = (counts: { ready: number; total: number } | null) => ({
    known: counts && {
      total: counts.total,
      notReady: counts.total - counts.ready,
    },
    value: counts
      ? `${formatCount(counts.ready)} / ${formatCount(counts.total)}`
      : '',
  });
  const nodeCounts = ofTotal(nodes);
  const podCounts = ofTotal(pods);

  const served = coverage.filter(({ state }) => state !== 'not_served');
  const missing = served.filter(({ asOf }) => asOf === null);
  return (
    <TileStrip label={t('cluster.tiles.label')}>
      <Tile
        words={t('cluster.tiles.nodes')}
        to="#pools"
        {...part(nodeCounts.known, nodeCounts.value)}
      />
      <Tile
        words={t('cluster.tiles.workloads')}
        to={links.workloads({ cluster: cluster.name })}
        {...part(workloads, workloads ? formatCount(workloads.total) : '')}
      />
      <Tile
        words={t('cluster.tiles.pods')}
        to={links.workloads({ cluster: cluster.name, sort: 'status' })}
        {...part(podCounts.known, podCounts.value)}
      />
      <Tile
        words={t('cluster.tiles.coverage')}
        to="#coverage"
        severity={missing.length > 0 ? 'unknown' : 'ok'}
        value={`${served.length - missing.length} / ${served.length}`}
        sub={
          missing.length > 0
            ? t('cluster.tiles.missing', {
                names: missing.map(({ title }) => title).join(', '),
              })
            : t('cluster.tiles.complete')
        }
      />
    </TileStrip>
  );
};
