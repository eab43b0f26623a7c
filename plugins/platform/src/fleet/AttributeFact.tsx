import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ClusterAttribute } from '@roadbed/backstage-plugin-platform-common';
import type { ReactNode } from 'react';
import { useTextStyles } from '../components/colors';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';

const useStyles = makeStyles(
  { conflicts: { listStyle: 'none', margin: 0, padding: 0 } },
  { name: 'RoadbedAttributeFact' },
);

/** Properties of {@link AttributeFact}. */
export interface AttributeFactProps {
  attribute?: ClusterAttribute;
  /** Shows a value otherwise than as text. */
  render?: (value: string) => ReactNode;
}

/** An attribute of a cluster, where it comes from, and who says otherwise. */
export const AttributeFact = (props: AttributeFactProps) => {
  const { attribute, render = value => value } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  if (!attribute) {
    return <>{t('cluster.facts.unknown')}</>;
  }
  const { value, origin, detail, conflicts = [] } = attribute;
  const small = `${text.subtle} ${text.small}`;
  const source = (of: { origin: typeof origin; detail?: string }) =>
    [t(`cluster.facts.origin.${of.origin}`), of.detail]
      .filter(Boolean)
      .join(', ');
  return (
    <>
      {render(value)}{' '}
      <span className={small}>{source({ origin, detail })}</span>
      {conflicts.length > 0 && (
        <ul className={classes.conflicts}>
          {conflicts.map(other => (
            <li key={other.origin}>
              <VerdictChip
                severity="warning"
                label={t('cluster.facts.conflict')}
              />{' '}
              {render(other.value)}{' '}
              <span className={small}>{source(other)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
