import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Stack } from '../components/Stack';
import { PageTitle } from '../components/PageTitle';
import { platformTranslationRef } from '../translation';
import type { FleetColumns } from './columnIds';
import { WorkloadTable } from './WorkloadTable';

/** Properties of {@link WorkloadsPage}. */
export interface WorkloadsPageProps {
  columns?: FleetColumns['workloads'];
}

/** What runs, over the whole fleet. */
export const WorkloadsPage = ({ columns }: WorkloadsPageProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <Stack>
      <PageTitle title={t('workloads.title')} />
      <WorkloadTable columns={columns} />
    </Stack>
  );
};
