import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/test-utils';
import type { PlatformApi } from '@roadbed/backstage-plugin-platform-common';
import { Route, Routes, useLocation } from 'react-router-dom';
import { platformApiRef } from '../api/platformApiRef';
import type { FleetColumns } from '../fleet/columnIds';
import { FleetRoutes } from '../fleet/FleetRoutes';
import { UnownedPage } from '../fleet/unowned/UnownedPage';
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
export async function renderPages(options: {
  api: PlatformApi;
  at: string;
  /** Whether the reader may have clusters collected. */
  mayCollect?: boolean;
  columns?: FleetColumns;
}) {
  const { api, at, mayCollect = true, columns } = options;
  const permission = mockApis.permission({
    authorize: mayCollect ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
  });
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [platformApiRef, api],
        [permissionApiRef, permission],
      ]}
    >
      <Routes>
        <Route
          path="/platform/fleet/*"
          element={<FleetRoutes columns={columns} />}
        />
        <Route
          path="/platform/workloads"
          element={<WorkloadsPage columns={columns?.workloads} />}
        />
        <Route path="/platform/unowned" element={<UnownedPage />} />
      </Routes>
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/platform': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}
