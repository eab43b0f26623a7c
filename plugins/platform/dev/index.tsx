import { createDevApp } from '@backstage/dev-utils';
import { createApiFactory } from '@backstage/core-plugin-api';
import { PlatformPage, platformApiRef, platformPlugin } from '../src';
import { FixtureApi, type Situation } from './FixtureApi';

/** `?situation=` of the first page load chooses the fleet that is shown. */
const situation = (new URLSearchParams(window.location.search).get(
  'situation',
) ?? 'mixed') as Situation;

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
  .render();
