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

/** Owners are links to the catalog, which is not part of this app. */
const entityPage = PageBlueprint.make({
  name: 'entity',
  params: {
    path: '/catalog/:namespace/:kind/:name',
    routeRef: entityRouteRef,
    loader: async () => <>An entity of the catalog</>,
  },
});

createDevApp({
  features: [
    platformPlugin,
    createFrontendModule({
      pluginId: 'platform',
      extensions: [fixtureApi, entityPage],
    }),
  ],
});
