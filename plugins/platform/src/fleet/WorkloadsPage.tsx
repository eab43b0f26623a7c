import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Stack } from '../components/Stack';
import { PageTitle } from '../components/PageTitle';
import { platformTranslationRef } from '../translation';
import { WorkloadTable } from './WorkloadTable';

/** What runs, over the whole fleet. */
export const WorkloadsPage = () => {
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <Stack>
      <PageTitle title={t('workloads.title')} />
      <WorkloadTable />
    </Stack>
  );
};
