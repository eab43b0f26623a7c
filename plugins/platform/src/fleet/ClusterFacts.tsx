import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ClusterDetail } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { Copyable } from '../components/Copyable';
import { Facts } from '../components/Facts';
import { formatCount } from '../components/format';
import { Panel } from '../components/Panel';
import { RelativeTime } from '../components/RelativeTime';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { AttributeFact } from './AttributeFact';
import { EntityLink } from './EntityLink';
import { SupportDates } from './SupportDates';
import { SUPPORT_SEVERITY } from './verdicts';

const Identity = ({ identity }: { identity: ClusterDetail['identity'] }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  if (identity.uid === null) {
    return <>{t('cluster.facts.identityUnknown')}</>;
  }
  return (
    <>
      <Copyable text={identity.uid}>
        <span className={text.mono}>{identity.uid}</span>
      </Copyable>
      <div className={`${text.subtle} ${text.small}`}>
        {identity.verifiedAt && (
          <div>
            {t('cluster.facts.verified')}{' '}
            <RelativeTime instant={identity.verifiedAt} />
          </div>
        )}
        {identity.otherNames.length > 0 && (
          <div>
            {t('cluster.facts.otherNames')}: {identity.otherNames.join(', ')}
          </div>
        )}
        {identity.previous.map(({ uid, replacedAt }) => (
          <div key={replacedAt}>
            {t('cluster.facts.previous')}: {uid ?? t('cluster.facts.unknown')},{' '}
            {t('cluster.facts.replaced')} <RelativeTime instant={replacedAt} />
          </div>
        ))}
      </div>
    </>
  );
};

/** What the cluster is, each attribute with where it comes from. */
export const ClusterFacts = ({ cluster }: { cluster: ClusterDetail }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { attributes, identity, version, namespaces, access } = cluster;
  const { support, entityRef } = cluster;
  return (
    <Panel title={t('cluster.facts.title')}>
      <Facts
        facts={[
          [t('cluster.facts.name'), <Copyable text={cluster.name} />],
          [t('cluster.facts.identity'), <Identity identity={identity} />],
          [
            t('cluster.facts.version'),
            version ? (
              <Copyable text={version.gitVersion} />
            ) : (
              t('cluster.facts.unknown')
            ),
          ],
          [
            t('cluster.facts.support'),
            <>
              <VerdictChip
                severity={SUPPORT_SEVERITY[support.state]}
                label={t(`supportState.${support.state}`)}
              />
              <SupportDates support={support} />
            </>,
          ],
          [
            t('cluster.facts.environment'),
            <AttributeFact attribute={attributes.environment} />,
          ],
          [
            t('cluster.facts.ring'),
            <AttributeFact attribute={attributes.ring} />,
          ],
          [
            t('cluster.facts.provider'),
            <AttributeFact attribute={attributes.provider} />,
          ],
          [
            t('cluster.facts.region'),
            <AttributeFact attribute={attributes.region} />,
          ],
          [
            t('cluster.facts.owner'),
            <AttributeFact
              attribute={attributes.owner}
              render={owner => <EntityLink entityRef={owner} kind="group" />}
            />,
          ],
          [
            t('cluster.facts.maintenanceWindow'),
            <AttributeFact attribute={attributes.maintenanceWindow} />,
          ],
          [
            t('cluster.facts.entity'),
            entityRef === null ? (
              t('cluster.facts.noEntity')
            ) : (
              <EntityLink entityRef={entityRef} kind="resource" />
            ),
          ],
          [
            t('cluster.facts.namespaces'),
            namespaces === null
              ? t('cluster.facts.unknown')
              : formatCount(namespaces),
          ],
          [
            t('cluster.facts.access'),
            access ? t(`cluster.facts.${access}`) : t('cluster.facts.noAccess'),
          ],
        ]}
      />
    </Panel>
  );
};
