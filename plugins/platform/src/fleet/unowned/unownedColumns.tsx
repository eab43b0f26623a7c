import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { UnownedWorkload } from '@roadbed/backstage-plugin-platform-common';
import type { Column } from '../../components/Column';
import { useTextStyles } from '../../components/colors';
import { Copyable } from '../../components/Copyable';
import { RelativeTime } from '../../components/RelativeTime';
import { platformTranslationRef } from '../../translation';
import { ClusterLink } from '../ClusterLink';
import { EntityLink } from '../EntityLink';
import { HintPopover } from './HintPopover';

/** Keys are long: on a narrow screen they break rather than push the table out. */
const WRAPPED = { whiteSpace: 'normal', overflowWrap: 'anywhere' } as const;

/** The columns of the list of workloads without an owner. */
export function useUnownedColumns(): Array<Column<UnownedWorkload>> {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  const small = `${text.subtle} ${text.small}`;
  return [
    {
      id: 'name',
      header: t('unowned.columns.name'),
      sort: 'name',
      render: ({ name, kind }) => (
        <>
          <Copyable text={name} />
          <div className={small}>{kind}</div>
        </>
      ),
    },
    {
      id: 'namespace',
      header: t('unowned.columns.namespace'),
      foldBelow: 900,
      noWrap: true,
      sort: 'namespace',
      render: ({ namespace }) => namespace,
    },
    {
      id: 'cluster',
      header: t('unowned.columns.cluster'),
      foldBelow: 900,
      noWrap: true,
      sort: 'cluster',
      render: ({ cluster }) => <ClusterLink name={cluster} />,
    },
    {
      id: 'hint',
      header: t('unowned.columns.hint'),
      render: workload => {
        const { key, value, target, problem } = workload.hint;
        return (
          <>
            {t(`unowned.hint.${target}`)}{' '}
            <span className={text.mono} style={WRAPPED}>
              {key}: {value ?? <i>{t('unowned.hint.value')}</i>}
            </span>{' '}
            {problem && <div className={small}>{problem}</div>}
            <div>
              <HintPopover workload={workload} />
            </div>
          </>
        );
      },
    },
    {
      id: 'resembles',
      header: t('unowned.columns.resembles'),
      foldBelow: 760,
      render: ({ hint: { entityRef, title, because } }) =>
        entityRef ? (
          <>
            <EntityLink entityRef={entityRef} kind="component" title={title} />
            <div className={small}>{t(`unowned.because.${because}`)}</div>
          </>
        ) : (
          <span className={text.subtle}>{t('unowned.because.none')}</span>
        ),
    },
    {
      id: 'data',
      header: t('unowned.columns.data'),
      foldBelow: 1100,
      render: ({ asOf }) => (
        <span className={text.subtle}>
          <RelativeTime instant={asOf} />
        </span>
      ),
    },
  ];
}
