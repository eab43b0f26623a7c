import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useTextStyles } from '../../components/colors';
import { Facts } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { RelativeTime } from '../../components/RelativeTime';
import { platformTranslationRef } from '../../translation';
import { matchedRules } from './matchWords';
import { useEntityParams, type EntityWorkloads } from './useEntityWorkloads';

/** How the workloads of the entity are found: the why of the whole page. */
export const MatchPanel = ({ data }: { data: EntityWorkloads }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  const { label } = useEntityParams();
  const { match, catalogIndex } = data;
  const lines = (values: string[], none: string) =>
    values.length === 0
      ? none
      : values.map(value => (
          <div key={value} className={text.small}>
            {value}
          </div>
        ));
  const own: Array<[string, React.ReactNode]> = [
    [
      t('entity.match.selectors'),
      lines(
        match.selectors.map(
          ({ annotation, value }) => `${annotation}: ${value}`,
        ),
        t('entity.match.noSelectors'),
      ),
    ],
    [
      t('entity.match.rules'),
      lines(matchedRules(data), t('entity.match.noRules')),
    ],
  ];
  return (
    <Panel title={t('entity.match.title')}>
      <Facts
        facts={[
          [
            t('entity.match.which'),
            t(`entity.match.through.${match.through}`, { name: label }),
          ],
          ...(match.through === 'entity' ? own : []),
          [
            t('entity.match.asOf'),
            <RelativeTime instant={catalogIndex.asOf} />,
          ],
        ]}
      />
    </Panel>
  );
};
