import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  NOT_READY_STATUSES,
  type ClusterState,
  type FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import type { Severity } from '../components/colors';
import { formatCount } from '../components/format';
import { Tile } from '../components/Tile';
import { TileStrip } from '../components/TileStrip';
import { WhyPopover } from '../components/WhyPopover';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';
import { SupportTile } from './SupportTile';
import { UnownedTile } from './UnownedTile';

/** The tiles that count clusters by state, and the states each counts. */
const STATE_TILES: ReadonlyArray<{
  id: 'unreachable' | 'gaps';
  states: ClusterState[];
  severity: Severity;
}> = [
  { id: 'unreachable', states: ['unreachable'], severity: 'error' },
  { id: 'gaps', states: ['stale', 'partial', 'missing'], severity: 'warning' },
];

/** The fleet's verdicts; each leads to the rows that it counts. */
export const FleetTiles = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const { clusters, attention, workloads, asOf } = summary;
  const notReady = t('fleet.tiles.notReady.words', {
    count: workloads.notReady,
  });
  return (
    <TileStrip label={t('fleet.tiles.label')}>
      {STATE_TILES.map(({ id, states, severity }) => {
        const count = states.reduce(
          (sum, state) => sum + (clusters.byState[state] ?? 0),
          0,
        );
        const words = t(`fleet.tiles.${id}.words`, { count });
        const first = attention.find(({ state }) => states.includes(state));
        return (
          <Tile
            key={id}
            severity={count > 0 ? severity : 'ok'}
            value={formatCount(count)}
            words={words}
            sub={
              first
                ? `${first.cluster}: ${first.reason.message}`
                : t(`fleet.tiles.${id}.none`)
            }
            to={links.clusters({ state: states })}
            why={
              <WhyPopover
                subject={words}
                formula={t(`fleet.tiles.${id}.formula`)}
                sources={t('fleet.tiles.sources')}
                asOf={asOf}
              />
            }
          />
        );
      })}
      <SupportTile summary={summary} />
      <Tile
        severity={workloads.notReady > 0 ? 'warning' : 'ok'}
        value={formatCount(workloads.notReady)}
        words={notReady}
        sub={[
          t('fleet.tiles.notReady.sub', {
            total: formatCount(workloads.total),
          }),
          workloads.unknownClusters > 0 &&
            t('fleet.tiles.notReady.unknown', {
              count: workloads.unknownClusters,
            }),
        ]
          .filter(Boolean)
          .join(', ')}
        to={links.workloads({ status: [...NOT_READY_STATUSES] })}
        why={
          <WhyPopover
            subject={notReady}
            formula={t('fleet.tiles.notReady.formula')}
            sources={t('fleet.tiles.notReady.sources')}
            asOf={asOf}
          />
        }
      />
      <UnownedTile summary={summary} />
    </TileStrip>
  );
};
