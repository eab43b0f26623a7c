import '@backstage/ui/css/styles.css';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { createDevApp } from '@backstage/frontend-dev-utils';
import { platformApiRef } from '../src';
import platformPlugin from '../src/alpha';
import { FixtureApi, type Situation } from './FixtureApi';

/** `?situation=` of the first page load chooses the fleet that is shown. */
const situation = (new URLSearchParams(window.location.search).get(
  'situation',
) ?? 'mixed') as Situation;

const fixtureApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: platformApiRef,
      deps: {},
      factory: () => new FixtureApi(situation),
    }),
});

createDevApp({
  features: [
    platformPlugin,
    createFrontendModule({ pluginId: 'platform', extensions: [fixtureApi] }),
  ],
});
