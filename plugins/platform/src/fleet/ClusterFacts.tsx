import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  ClusterAttribute,
  ClusterDetail,
} from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { Copyable } from '../components/Copyable';
import { Facts } from '../components/Facts';
import { formatCount } from '../components/format';
import { Panel } from '../components/Panel';
import { RelativeTime } from '../components/RelativeTime';
import { platformTranslationRef } from '../translation';
import { OwnerLink } from './OwnerLink';

const Attribute = ({ attribute }: { attribute?: ClusterAttribute }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  if (!attribute) {
    return <>{t('cluster.facts.unknown')}</>;
  }
  return (
    <>
      {attribute.value}{' '}
      <span className={`${text.subtle} ${text.small}`}>
        {attribute.detail ?? t(`cluster.facts.origin.${attribute.origin}`)}
      </span>
    </>
  );
};

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
            t('cluster.facts.environment'),
            <Attribute attribute={attributes.environment} />,
          ],
          [t('cluster.facts.ring'), <Attribute attribute={attributes.ring} />],
          [
            t('cluster.facts.provider'),
            <Attribute attribute={attributes.provider} />,
          ],
          [
            t('cluster.facts.region'),
            <Attribute attribute={attributes.region} />,
          ],
          [
            t('cluster.facts.owner'),
            attributes.owner ? (
              <OwnerLink owner={attributes.owner.value} />
            ) : (
              t('cluster.facts.unknown')
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
