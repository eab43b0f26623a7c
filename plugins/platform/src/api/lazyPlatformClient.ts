import type {
  PlatformApi,
  PlatformClient,
} from '@roadbed/backstage-plugin-platform-common';

type ClientOptions = ConstructorParameters<typeof PlatformClient>[0];

/** A call whose types the interface has checked already. */
type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * The client of the backend, whose code is loaded with the first call.
 *
 * @remarks
 * A portal makes its APIs when it starts. The client brings the schemas of
 * every route along, which nobody needs who opens none of Roadbed's pages.
 */
export function lazyPlatformClient(options: ClientOptions): PlatformApi {
  let loading: Promise<PlatformClient> | undefined;
  const client = () => {
    loading ??= import('./clientCode').then(
      code => new code.PlatformClient(options),
      // A chunk that could not be had once may be had the next time.
      cause => {
        loading = undefined;
        throw cause;
      },
    );
    return loading;
  };
  return new Proxy({} as PlatformApi, {
    get: (_, method) => {
      // `then` would make a promise of whatever is handed on by promises.
      if (typeof method === 'symbol' || method === 'then') {
        return undefined;
      }
      return async (...args: unknown[]) => {
        const api = await client();
        return (api[method as keyof PlatformClient] as Call).apply(api, args);
      };
    },
  });
}
