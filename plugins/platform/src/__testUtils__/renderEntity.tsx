import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import type { PlatformApi } from '@roadbed/backstage-plugin-platform-common';
import type { ReactElement } from 'react';
import { useLocation } from 'react-router-dom';
import { anEntity } from '../../dev/entities';
import { platformApiRef } from '../api/platformApiRef';
import { entityWhereItRunsRouteRef, rootRouteRef } from '../routes';

const Address = () => {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
};

/**
 * Renders a card or a content of an entity's page over an API, with the address
 * they lead to in the element `address`.
 */
export async function renderEntity(
  element: ReactElement,
  options: {
    api: PlatformApi;
    entity: string;
    /** What stands behind the `?` of the address. */
    search?: string;
    /** `false`: the portal has no catalog, and none of Platform's pages. */
    pages?: boolean;
  },
) {
  const { api, entity, search = '', pages = true } = options;
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [platformApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <EntityProvider entity={anEntity(entity)}>{element}</EntityProvider>
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [`/entity${search}`],
      mountedRoutes: pages
        ? {
            '/platform': rootRouteRef,
            '/catalog/:namespace/:kind/:name': entityRouteRef,
            '/entity/where-it-runs': entityWhereItRunsRouteRef,
          }
        : {},
    },
  );
}
