import {
  Content,
  HeaderTabs,
  Link,
  PageWithHeader,
} from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import type { FleetColumns } from '../fleet/columnIds';
import { FleetRoutes } from '../fleet/FleetRoutes';
import { UnownedPage } from '../fleet/unowned/UnownedPage';
import { WorkloadsPage } from '../fleet/WorkloadsPage';
import { fleetRouteRef, unownedRouteRef, workloadsRouteRef } from '../routes';
import { platformTranslationRef } from '../translation';

/** Properties of {@link LegacyPages}. @public */
export interface PlatformPageProps {
  /** The title of the header; "Platform" by default. */
  title?: string;
  /** Which columns the lists show; all by default. */
  columns?: FleetColumns;
}

/** Platform's pages within the header that the legacy system leaves to pages. */
export const LegacyPages = ({ title, columns }: PlatformPageProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { pathname } = useLocation();
  const fleet = useRouteRef(fleetRouteRef)();
  const workloads = useRouteRef(workloadsRouteRef)();
  const unowned = useRouteRef(unownedRouteRef)();
  const tabs = [
    { id: 'fleet', label: t('fleet.title'), path: fleet },
    { id: 'workloads', label: t('workloads.title'), path: workloads },
    { id: 'unowned', label: t('unowned.title'), path: unowned },
  ];
  return (
    <PageWithHeader themeId="tool" title={title ?? t('title')}>
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
          <Route path="fleet/*" element={<FleetRoutes columns={columns} />} />
          <Route
            path="workloads"
            element={<WorkloadsPage columns={columns?.workloads} />}
          />
          <Route
            path="unowned"
            element={<UnownedPage columns={columns?.unowned} />}
          />
        </Routes>
      </Content>
    </PageWithHeader>
  );
};
