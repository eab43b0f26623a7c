import { createDevApp } from '@backstage/dev-utils';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { PlatformPage, platformApiRef, platformPlugin } from '../src';
import { FixtureApi } from './FixtureApi';
import { situationOf } from './situations';

/** The address of the first page load chooses the fleet that is shown. */
const situation = situationOf(window.location.search);

/** Owners are links to the catalog, which is not part of this app. */
const EntityPage = createPlugin({ id: 'catalog' }).provide(
  createRoutableExtension({
    name: 'EntityPage',
    component: async () => () => <>An entity of the catalog</>,
    mountPoint: entityRouteRef,
  }),
);

createDevApp()
  .registerPlugin(platformPlugin)
  .registerApi(
    createApiFactory({
      api: platformApiRef,
      deps: {},
      factory: () => new FixtureApi(situation),
    }),
  )
  .addPage({ element: <PlatformPage />, title: 'Platform', path: '/platform' })
  .addPage({
    element: <EntityPage />,
    path: '/catalog/:namespace/:kind/:name',
  })
  .render();
