import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { createDevApp } from '@backstage/frontend-dev-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { platformApiRef } from '../src';
import platformPlugin from '../src/alpha';
import { FixtureApi } from './FixtureApi';
import { situationOf } from './situations';

/** The address of the first page load chooses the fleet that is shown. */
const situation = situationOf(window.location.search);

const fixtureApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: platformApiRef,
      deps: {},
      factory: () => new FixtureApi(situation),
    }),
});

/** Stands in for the catalog, which is not part of this app. */
const entityPage = PageBlueprint.make({
  name: 'entity',
  params: {
    path: '/catalog/:namespace/:kind/:name',
    routeRef: entityRouteRef,
    loader: () => import('./EntityPage').then(m => <m.EntityPage />),
  },
});

const cardsPage = PageBlueprint.make({
  name: 'cards',
  params: {
    path: '/cards',
    title: 'Cards',
    loader: () => import('./CardsPage').then(m => <m.CardsPage />),
  },
});

const galleryPage = PageBlueprint.make({
  name: 'gallery',
  params: {
    path: '/gallery',
    title: 'Gallery',
    loader: () => import('./Gallery').then(m => <m.Gallery />),
  },
});

createDevApp({
  features: [
    platformPlugin,
    createFrontendModule({
      pluginId: 'platform',
      extensions: [fixtureApi, entityPage, cardsPage, galleryPage],
    }),
  ],
});
