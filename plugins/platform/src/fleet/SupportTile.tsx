import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FleetSummary } from '@roadbed/backstage-plugin-platform-common';
import type { Severity } from '../components/colors';
import { formatCount } from '../components/format';
import { Tile } from '../components/Tile';
import { WhyPopover } from '../components/WhyPopover';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';

/** The states that ask for an upgrade, worst first. */
const PRESSING = ['unsupported', 'extended', 'ending_soon'] as const;

function severityOf(support: FleetSummary['support']): Severity {
  if (support.unsupported) {
    return 'error';
  }
  if (support.extended || support.ending_soon) {
    return 'warning';
  }
  return support.unknown ? 'unknown' : 'ok';
}

/** How many clusters run a version that is out of support, or will be soon. */
export const SupportTile = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const { support, asOf } = summary;
  const amountOf = (state: keyof typeof support) =>
    formatCount(support[state] ?? 0);
  const count = PRESSING.reduce((sum, state) => sum + (support[state] ?? 0), 0);
  const words = t('fleet.tiles.support.words', { count });
  return (
    <Tile
      severity={severityOf(support)}
      value={formatCount(count)}
      words={words}
      sub={[
        count === 0 && t('fleet.tiles.support.none'),
        ...PRESSING.map(
          state =>
            support[state] &&
            t(`fleet.tiles.support.${state}`, { amount: amountOf(state) }),
        ),
        support.unknown &&
          t('fleet.tiles.support.unknown', { amount: amountOf('unknown') }),
      ]
        .filter(Boolean)
        .join(', ')}
      to={links.clusters({ support: [...PRESSING] })}
      why={
        <WhyPopover
          subject={words}
          formula={t('fleet.tiles.support.formula')}
          sources={t('fleet.tiles.support.sources')}
          asOf={asOf}
        />
      }
    />
  );
};
