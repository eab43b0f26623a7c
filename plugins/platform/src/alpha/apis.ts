import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { lazyPlatformClient } from '../api/lazyPlatformClient';
import { platformApiRef } from '../api/platformApiRef';

/** `api:platform`: what the pages and cards read from. */
export const platformApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: platformApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => lazyPlatformClient(deps),
    }),
});
