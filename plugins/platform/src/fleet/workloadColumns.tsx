import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import type { Workload } from '@roadbed/backstage-plugin-platform-common';
import { useTextStyles } from '../components/colors';
import { Copyable } from '../components/Copyable';
import type { Column } from '../components/DataTable';
import { formatCount } from '../components/format';
import { RelativeTime } from '../components/RelativeTime';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { ClusterLink } from './ClusterLink';
import { WORKLOAD_SEVERITY } from './verdicts';
import { WorkloadOwners } from './WorkloadOwners';

/** What is not known is a dash, never a zero. */
const UNKNOWN = '–';

/**
 * The part of an image reference that tells versions apart: no registry, no
 * path, and no digest where there is a tag. `r.example/shop/cart:4.1@sha256:…`
 * is `cart:4.1`.
 */
export function shortImage(image: string): string {
  const name = image.slice(image.lastIndexOf('/') + 1);
  const [tagged, digest] = name.split('@');
  return digest && !tagged.includes(':')
    ? `${tagged}@${digest.slice(0, 'sha256:'.length + 12)}`
    : tagged;
}

/** All columns of a workload list. */
export function useWorkloadColumns(): Array<Column<Workload>> {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  return [
    {
      id: 'name',
      header: t('workloads.name'),
      sort: 'name',
      render: ({ name }) => <Copyable text={name} />,
    },
    {
      id: 'kind',
      foldBelow: 960,
      header: t('workloads.kind'),
      noWrap: true,
      sort: 'kind',
      render: ({ kind }) => <span className={text.subtle}>{kind}</span>,
    },
    {
      id: 'namespace',
      foldBelow: 760,
      header: t('workloads.namespace'),
      noWrap: true,
      sort: 'namespace',
      render: ({ namespace }) => namespace,
    },
    {
      id: 'cluster',
      header: t('workloads.cluster'),
      noWrap: true,
      sort: 'cluster',
      render: ({ cluster }) => <ClusterLink name={cluster} />,
    },
    {
      id: 'ready',
      header: t('workloads.ready'),
      numeric: true,
      render: ({ ready, desired }) =>
        ready === null || desired === null
          ? UNKNOWN
          : `${formatCount(ready)} / ${formatCount(desired)}`,
    },
    {
      id: 'status',
      header: t('workloads.status'),
      sort: 'status',
      render: ({ status, statusMessage }) => (
        <>
          <VerdictChip
            severity={WORKLOAD_SEVERITY[status]}
            label={t(`workloadStatus.${status}`)}
          />
          {statusMessage && (
            <div className={`${text.subtle} ${text.small}`}>
              {statusMessage}
            </div>
          )}
        </>
      ),
    },
    {
      id: 'owner',
      header: t('workloads.owner'),
      foldBelow: 860,
      render: workload => <WorkloadOwners workload={workload} />,
    },
    {
      id: 'image',
      foldBelow: 1300,
      header: t('workloads.image'),
      render: ({ images: [first, ...others] }) =>
        first ? (
          <Copyable text={first.image}>
            <Tooltip title={first.image}>
              <span className={text.mono}>{shortImage(first.image)}</span>
            </Tooltip>
            {others.length > 0 && (
              <Tooltip title={others.map(({ image }) => image).join(', ')}>
                <span className={`${text.subtle} ${text.small}`}>
                  &nbsp;
                  {t('workloads.moreImages', {
                    amount: formatCount(others.length),
                  })}
                </span>
              </Tooltip>
            )}
          </Copyable>
        ) : (
          UNKNOWN
        ),
    },
    {
      id: 'restarts',
      foldBelow: 1300,
      header: t('workloads.restarts'),
      numeric: true,
      render: ({ pods }) => (pods ? formatCount(pods.restarts) : UNKNOWN),
    },
    {
      id: 'data',
      foldBelow: 1300,
      header: t('workloads.data'),
      render: ({ asOf }) => (
        <span className={text.subtle}>
          <RelativeTime instant={asOf} />
        </span>
      ),
    },
  ];
}
