import {
  Content,
  HeaderTabs,
  Link,
  PageWithHeader,
} from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { FleetRoutes } from '../fleet/FleetRoutes';
import { WorkloadsPage } from '../fleet/WorkloadsPage';
import { fleetRouteRef, workloadsRouteRef } from '../routes';
import { platformTranslationRef } from '../translation';

/** Platform's pages within the header that the legacy system leaves to pages. */
export const LegacyPages = () => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { pathname } = useLocation();
  const fleet = useRouteRef(fleetRouteRef)();
  const workloads = useRouteRef(workloadsRouteRef)();
  const tabs = [
    { id: 'fleet', label: t('fleet.title'), path: fleet },
    { id: 'workloads', label: t('workloads.title'), path: workloads },
  ];
  return (
    <PageWithHeader themeId="tool" title={t('title')}>
      <HeaderTabs
        tabs={tabs.map(({ path, ...tab }) => ({
          ...tab,
          tabProps: { component: Link, to: path },
        }))}
        selectedIndex={tabs.findIndex(({ path }) => pathname.startsWith(path))}
      />
      <Content>
        <Routes>
          <Route index element={<Navigate to="fleet" replace />} />
          <Route path="fleet/*" element={<FleetRoutes />} />
          <Route path="workloads" element={<WorkloadsPage />} />
        </Routes>
      </Content>
    </PageWithHeader>
  );
};
