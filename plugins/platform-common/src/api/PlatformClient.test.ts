import { ResponseError } from '@backstage/errors';
import { PlatformClient } from './PlatformClient';

function clientThatGets(status: number, body: unknown) {
  const calls: Array<{ url: string; init?: RequestInit }> = [];
  const client = new PlatformClient({
    discoveryApi: { getBaseUrl: async id => `http://portal/api/${id}` },
    fetchApi: {
      fetch: async (url, init) => {
        calls.push({ url: String(url), init });
        return new Response(JSON.stringify(body), {
          status,
          headers: { 'Content-Type': 'application/json' },
        });
      },
    },
  });
  return { client, calls };
}

const emptyPage = { items: [], pageInfo: {}, totalItems: 0 };

describe('PlatformClient', () => {
  it('repeats parameters with several values and leaves out absent ones', async () => {
    const { client, calls } = clientThatGets(200, emptyPage);
    await client.listClusters({
      environment: ['prod', 'dev'],
      q: undefined,
      limit: 10,
    });
    expect(calls[0].url).toBe(
      'http://portal/api/platform/fleet/clusters?environment=prod&environment=dev&limit=10',
    );
  });

  it('encodes what stands in a path', async () => {
    const { client, calls } = clientThatGets(404, {});
    await expect(client.getCluster({ id: 'a/b ?ü' })).rejects.toThrow();
    expect(calls[0].url).toBe(
      'http://portal/api/platform/fleet/clusters/a%2Fb%20%3F%C3%BC',
    );
  });

  it('passes a token and a signal on', async () => {
    const { client, calls } = clientThatGets(200, emptyPage);
    const { signal } = new AbortController();
    await client.listWorkloads({}, { token: 't', signal });
    expect(calls[0].init).toMatchObject({
      headers: { Authorization: 'Bearer t' },
      signal,
    });
  });

  it('throws the error that the backend answered', async () => {
    const { client } = clientThatGets(400, {
      error: { name: 'InputError', message: 'Query parameter "limit": …' },
      response: { statusCode: 400 },
    });
    const error = await client.listCollections().catch(caught => caught);
    expect(error).toBeInstanceOf(ResponseError);
    expect(error.cause.message).toContain('"limit"');
  });

  it('names the route and the field of an answer of unknown shape', async () => {
    const { client } = clientThatGets(200, { ...emptyPage, totalItems: 'x' });
    await expect(client.listClusters()).rejects.toThrow(
      /listClusters.*totalItems/,
    );
  });

  it('tolerates fields that a newer backend adds', async () => {
    const { client } = clientThatGets(200, { ...emptyPage, more: 1 });
    await expect(client.listClusters()).resolves.toMatchObject(emptyPage);
  });
});
