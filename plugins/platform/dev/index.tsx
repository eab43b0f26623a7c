import { createDevApp } from '@backstage/dev-utils';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { PlatformPage, platformApiRef, platformPlugin } from '../src';
import { CardsPage } from './CardsPage';
import { FixtureApi } from './FixtureApi';
import { Gallery } from './Gallery';
import { situationOf } from './situations';

/** The address of the first page load chooses the fleet that is shown. */
const situation = situationOf(window.location.search);

/** Stands in for the catalog, which is not part of this app. */
const DevEntityPage = createPlugin({ id: 'catalog' }).provide(
  createRoutableExtension({
    name: 'EntityPage',
    component: () => import('./EntityPage').then(m => m.EntityPage),
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
    element: <DevEntityPage />,
    path: '/catalog/:namespace/:kind/:name',
  })
  .addPage({ element: <CardsPage />, title: 'Cards', path: '/cards' })
  .addPage({ element: <Gallery />, title: 'Gallery', path: '/gallery' })
  .render();
