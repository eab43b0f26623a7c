import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FleetSummary } from '@roadbed/backstage-plugin-platform-common';
import { formatCount, formatShare } from '../components/format';
import { RelativeTime } from '../components/RelativeTime';
import { Tile } from '../components/Tile';
import { WhyPopover } from '../components/WhyPopover';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';

/** How many workloads belong to nobody; unknown before the catalog was read. */
export const UnownedTile = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const { ownership, catalogIndex } = summary;
  const to = links.unowned();
  if (ownership === null) {
    return (
      <Tile
        severity="unknown"
        value="–"
        words={t('fleet.tiles.unowned.unknown')}
        sub={catalogIndex.error ?? t('fleet.tiles.unowned.unknownText')}
        to={to}
      />
    );
  }
  const { owned, unowned } = ownership;
  const total = owned + unowned;
  const words = t('fleet.tiles.unowned.words', { count: unowned });
  return (
    <Tile
      severity={unowned > 0 ? 'info' : 'ok'}
      value={formatCount(unowned)}
      words={words}
      sub={
        <>
          {unowned === 0
            ? t('fleet.tiles.unowned.none')
            : t('fleet.tiles.unowned.sub', {
                share: formatShare(unowned, total),
                total: formatCount(total),
              })}
          {catalogIndex.error && (
            <>
              {', '}
              {t('fleet.tiles.unowned.stale')}{' '}
              <RelativeTime instant={catalogIndex.asOf} />
            </>
          )}
        </>
      }
      to={to}
      why={
        <WhyPopover
          subject={words}
          formula={t('fleet.tiles.unowned.formula')}
          sources={t('fleet.tiles.unowned.sources')}
          asOf={catalogIndex.asOf}
        />
      }
    />
  );
};
