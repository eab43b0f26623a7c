import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityMatch } from '@roadbed/backstage-plugin-platform-common';
import { makeStyles } from '@material-ui/core/styles';
import { useTextStyles } from '../../components/colors';
import { EmptyState } from '../../components/EmptyState';
import { Snippet } from '../../components/Snippet';
import { platformTranslationRef } from '../../translation';
import { KUBERNETES_ID, metadataYaml } from '../ownershipSnippets';
import { useEntityParams } from './useEntityWorkloads';

const MATCHING_DOCS =
  'https://backstage.io/docs/features/kubernetes/configuration#surfacing-your-kubernetes-components-as-part-of-an-entity';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(1.5, 2), fontSize: '0.875rem' },
    title: { margin: 0, fontSize: '0.9375rem', fontWeight: 600 },
    list: { margin: theme.spacing(0.75, 0), overflowWrap: 'anywhere' },
  }),
  { name: 'RoadbedRunsNowhere' },
);

/** What to write where, so that the workloads of the entity are found. */
const HowToMatch = ({ match }: { match: EntityMatch }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const text = useTextStyles();
  const { params } = useEntityParams();
  const { selectors } = match;
  const id =
    selectors.length === 0
      ? params.name
      : selectors.find(({ annotation }) => annotation === KUBERNETES_ID)?.value;
  const yaml = (field: 'annotations' | 'labels') => (
    <Snippet
      text={metadataYaml({ field, key: KUBERNETES_ID, value: id! })}
      copyLabel={t('entity.none.copy')}
    />
  );
  return (
    <div className={classes.root} role="status">
      <p className={classes.title}>{t('entity.none.title')}</p>
      {selectors.length === 0 ? (
        <>
          <p className={text.subtle}>{t('entity.none.noSelectors')}</p>
          {yaml('annotations')}
        </>
      ) : (
        <>
          <p className={text.subtle}>{t('entity.none.noMatch')}</p>
          <ul className={classes.list}>
            {selectors.map(({ annotation, value }) => (
              <li key={annotation}>
                {annotation}: {value}
              </li>
            ))}
          </ul>
        </>
      )}
      {id !== undefined && (
        <>
          <p className={text.subtle}>
            {t(
              selectors.length === 0
                ? 'entity.none.andLabel'
                : 'entity.none.label',
            )}
          </p>
          {yaml('labels')}
        </>
      )}
      <Link to={MATCHING_DOCS}>{t('entity.none.docs')}</Link>
    </div>
  );
};

/** Nothing of the entity was found on any cluster: what to do about that. */
export const RunsNowhere = ({ match }: { match: EntityMatch }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  return match.through === 'entity' ? (
    <HowToMatch match={match} />
  ) : (
    <EmptyState title={t('entity.none.title')}>
      {t(`entity.none.through.${match.through}`)}
    </EmptyState>
  );
};
