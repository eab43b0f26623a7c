import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { isError, ResponseError } from '@backstage/errors';
import {
  PlatformClient,
  type PlatformApi,
  type RequestOptions,
} from '@roadbed/backstage-plugin-platform-common';

/** Asks the platform in the name of whoever runs an action. */
export type AskPlatform = <T>(
  credentials: BackstageCredentials,
  question: (platform: PlatformApi, options: RequestOptions) => Promise<T>,
) => Promise<T>;

/**
 * Makes the way in which actions read: through the routes, with a token on
 * behalf of the caller.
 *
 * @remarks
 * So an action sees what its caller would see on the pages, and there is no
 * second place where permissions are checked.
 */
export function createAskPlatform(services: {
  auth: AuthService;
  discovery: DiscoveryService;
}): AskPlatform {
  const { auth, discovery } = services;
  const platform = new PlatformClient({
    discoveryApi: discovery,
    fetchApi: { fetch },
  });
  return async (credentials, question) => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'platform',
    });
    try {
      return await question(platform, { token });
    } catch (error) {
      // What the route said, in its own name, instead of "request failed".
      if (error instanceof ResponseError && isError(error.cause)) {
        throw error.cause;
      }
      throw error;
    }
  };
}
