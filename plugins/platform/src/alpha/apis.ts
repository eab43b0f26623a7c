import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { PlatformClient } from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef } from '../api/platformApiRef';

/** `api:platform`: what the pages and cards read from. */
export const platformApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: platformApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new PlatformClient(deps),
    }),
});
