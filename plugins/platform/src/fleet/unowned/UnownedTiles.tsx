import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Facets,
  FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef } from '../../api/platformApiRef';
import { formatCount, formatShare } from '../../components/format';
import { problemMessage } from '../../components/problems';
import { Tile } from '../../components/Tile';
import { TileStrip } from '../../components/TileStrip';
import { usePolled, type Polled } from '../../components/usePolled';
import { WhyPopover } from '../../components/WhyPopover';
import { platformTranslationRef } from '../../translation';
import { useFleetLinks } from '../links';
import { UnownedTile } from '../UnownedTile';

const REFRESH_MS = 30_000;
const UNKNOWN = '–';

/** Properties of {@link WorstTile}. */
interface WorstTileProps {
  of: 'cluster' | 'namespace';
  summary: FleetSummary;
  facets: Polled<Facets>;
}

/** Where most of them are. */
const WorstTile = ({ of, summary, facets }: WorstTileProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const values = facets.data?.facets.find(({ name }) => name === of)?.values;
  const [worst, ...others] = values ?? [];
  if (!summary.ownership || !values) {
    return (
      <Tile
        severity="unknown"
        value={UNKNOWN}
        words={t(`unowned.columns.${of}`)}
        sub={facets.error && problemMessage(facets.error)}
        to={links.unowned()}
      />
    );
  }
  if (!worst) {
    return (
      <Tile
        severity="ok"
        value={formatCount(0)}
        words={t(`unowned.tiles.${of}.none`)}
        to={links.unowned()}
      />
    );
  }
  const words =
    others.length > 0
      ? t(`unowned.tiles.${of}.words`, { name: worst.value })
      : t(`unowned.tiles.${of}.only`, { name: worst.value });
  return (
    <Tile
      severity="info"
      value={formatCount(worst.count)}
      words={words}
      sub={t('unowned.tiles.shareOf', {
        share: formatShare(worst.count, facets.data!.totalItems),
      })}
      to={links.unowned({ [of]: worst.value })}
      why={
        <WhyPopover
          subject={words}
          formula={t(`unowned.tiles.${of}.formula`)}
          sources={t('fleet.tiles.unowned.sources')}
          asOf={summary.asOf}
        />
      }
    />
  );
};

/** How much belongs to nobody, and where most of that is. */
export const UnownedTiles = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const links = useFleetLinks();
  const facets = usePolled({
    key: 'facets',
    load: signal => api.getUnownedFacets({}, { signal }),
    intervalMs: () => REFRESH_MS,
  });
  const { ownership, catalogIndex } = summary;
  const total = ownership ? ownership.owned + ownership.unowned : 0;
  const words = t('unowned.tiles.share.words');
  return (
    <TileStrip label={t('unowned.tiles.label')}>
      <UnownedTile summary={summary} />
      <Tile
        severity={total > 0 ? 'info' : 'unknown'}
        value={
          ownership && total > 0 ? formatShare(ownership.owned, total) : UNKNOWN
        }
        words={words}
        sub={
          ownership
            ? t('unowned.tiles.share.sub', {
                owned: formatCount(ownership.owned),
                total: formatCount(total),
              })
            : t('fleet.tiles.unowned.unknownText')
        }
        to={links.workloads()}
        why={
          <WhyPopover
            subject={words}
            formula={t('unowned.tiles.share.formula')}
            sources={t('fleet.tiles.unowned.sources')}
            asOf={catalogIndex.asOf}
          />
        }
      />
      {(['cluster', 'namespace'] as const).map(of => (
        <WorstTile key={of} of={of} summary={summary} facets={facets} />
      ))}
    </TileStrip>
  );
};
