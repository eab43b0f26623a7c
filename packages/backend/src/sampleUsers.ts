import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** The header by which the demonstration says who it wants to be. */
const USER_HEADER = 'x-sample-user';

/**
 * Takes whoever names one of the users of `auth.providers.sampleUsers.users` at
 * their word. For the demonstration portal, which has nothing to protect.
 */
export const sampleUserAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: ({ config }) => config.getStringArray('users'),
  async authenticate({ req }, users: string[]) {
    const name = req.get(USER_HEADER) ?? '';
    if (!users.includes(name)) {
      throw new AuthenticationError(
        `The header ${USER_HEADER} names no sample user; auth.providers.sampleUsers.users has ${users.join(
          ', ',
        )}`,
      );
    }
    return { result: { name } };
  },
});

/** The sign-in of the demonstration's sample users; nothing without its configuration. */
export const sampleUsers = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sample-users',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        if (!config.has('auth.providers.sampleUsers')) return;
        providers.registerProvider({
          providerId: 'sampleUsers',
          factory: createProxyAuthProviderFactory({
            authenticator: sampleUserAuthenticator,
            signInResolver: ({ result: { name } }, context) =>
              context.signInWithCatalogUser({ entityRef: { name } }),
          }),
        });
      },
    });
  },
});
