import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import type { Workload } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { platformTranslationRef } from '../translation';
import { EntityLink } from './EntityLink';

/** The entities a workload belongs to, their owners, and on hover why. */
export const WorkloadOwners = ({ workload }: { workload: Workload }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  const { ownership, owners } = workload;
  if (ownership !== 'owned') {
    return (
      <span className={text.subtle}>
        {t(`workloads.ownership.${ownership}`)}
      </span>
    );
  }
  if (owners.length === 0) {
    return (
      <span className={text.subtle}>{t('workloads.ownership.hidden')}</span>
    );
  }
  return (
    <>
      {owners.map(({ entityRef, title, ownerRef, rule, detail }) => (
        <div key={`${entityRef} ${rule}`}>
          <Tooltip title={`${t(`workloads.rule.${rule}`)}: ${detail}`}>
            <span>
              <EntityLink
                entityRef={entityRef}
                kind="component"
                title={title}
              />
            </span>
          </Tooltip>
          {ownerRef && (
            <span className={`${text.subtle} ${text.small}`}>
              {' · '}
              <EntityLink entityRef={ownerRef} kind="group" />
            </span>
          )}
        </div>
      ))}
    </>
  );
};
