import type { AuthenticationStrategy } from '@backstage/plugin-kubernetes-node';
import { clusterDetails, tokens } from '../__testUtils__/clusters';
import { CredentialCache } from './CredentialCache';

const MINUTE = 60_000;

function setUp(name: string, strategy: AuthenticationStrategy) {
  let now = 0;
  const cache = new CredentialCache({
    now: () => now,
    strategyTimeoutMs: 50,
  });
  const cluster = clusterDetails({
    url: 'https://127.0.0.1:1',
    strategy: name,
  });
  return {
    cache,
    cluster,
    get: () => cache.get(cluster, { [name]: strategy }),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('CredentialCache', () => {
  it.each([
    ['aws', 10],
    ['googleServiceAccount', 45],
    ['serviceAccount', 5],
    ['azure', 5],
  ])('asks %s again after %i minutes and not before', async (name, minutes) => {
    const strategy = tokens('one', 'two');
    const { get, pass } = setUp(name, strategy);
    await get();
    pass(minutes * MINUTE - 1);
    await get();
    expect(strategy.asked).toBe(1);
    pass(1);
    await expect(get()).resolves.toMatchObject({ token: 'two' });
  });

  it('asks once for requests that come at the same time', async () => {
    const strategy = tokens('one');
    const { get } = setUp('aws', strategy);
    await Promise.all([get(), get(), get()]);
    expect(strategy.asked).toBe(1);
  });

  it('drops a refused credential, and not the one that replaced it', async () => {
    const strategy = tokens('one', 'two', 'three');
    const { cache, cluster, get } = setUp('aws', strategy);
    const refused = await get();
    await cache.drop(cluster, refused);
    await expect(get()).resolves.toMatchObject({ token: 'two' });
    await cache.drop(cluster, refused);
    await expect(get()).resolves.toMatchObject({ token: 'two' });
  });

  it('keeps no failure', async () => {
    let down = true;
    const { get } = setUp('aws', {
      ...tokens(),
      getCredential: async () => {
        if (down) {
          throw new Error('STS is down');
        }
        return { type: 'bearer token', token: 'one' };
      },
    });
    await expect(get()).rejects.toMatchObject({ code: 'credentials' });
    down = false;
    await expect(get()).resolves.toMatchObject({ token: 'one' });
  });

  it('does not wait for ever for a strategy', async () => {
    const { get } = setUp('aws', {
      ...tokens(),
      getCredential: () => new Promise(() => undefined),
    });
    await expect(get()).rejects.toMatchObject({ code: 'credentials' });
  });
});
