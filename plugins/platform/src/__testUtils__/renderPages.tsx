import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import type { PlatformApi } from '@roadbed/backstage-plugin-platform-common';
import { Route, Routes, useLocation } from 'react-router-dom';
import { platformApiRef } from '../api/platformApiRef';
import { FleetRoutes } from '../fleet/FleetRoutes';
import { WorkloadsPage } from '../fleet/WorkloadsPage';
import { rootRouteRef } from '../routes';

const Address = () => {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
};

/**
 * Renders Platform's pages at an address over an API, with the address they
 * lead to in the element `address`.
 */
export async function renderPages(options: { api: PlatformApi; at: string }) {
  return renderInTestApp(
    <TestApiProvider apis={[[platformApiRef, options.api]]}>
      <Routes>
        <Route path="/platform/fleet/*" element={<FleetRoutes />} />
        <Route path="/platform/workloads" element={<WorkloadsPage />} />
      </Routes>
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [options.at],
      mountedRoutes: {
        '/platform': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}
