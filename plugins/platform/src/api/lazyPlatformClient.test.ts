import { lazyPlatformClient } from './lazyPlatformClient';

const answering = (body: object) =>
  jest.fn(
    async (_url: RequestInfo | URL, _init?: RequestInit) =>
      new Response(JSON.stringify(body), {
        headers: { 'Content-Type': 'application/json' },
      }),
  );

const clientOver = (fetch: typeof globalThis.fetch) =>
  lazyPlatformClient({
    discoveryApi: { getBaseUrl: async id => `plugin://${id}` },
    fetchApi: { fetch },
  });

describe('lazyPlatformClient', () => {
  it('asks as the client does once it is there', async () => {
    const fetch = answering({ facets: [], totalItems: 0 });
    const { signal } = new AbortController();
    const facets = await clientOver(fetch).getUnownedFacets(
      { cluster: ['lab'] },
      { signal },
    );
    expect(facets).toEqual({ facets: [], totalItems: 0 });
    expect(fetch.mock.calls).toEqual([
      [
        'plugin://platform/fleet/facets/unowned?cluster=lab',
        expect.objectContaining({ signal }),
      ],
    ]);
  });

  it('hands on what went wrong', async () => {
    const fetch = answering({ facets: 'none' });
    await expect(clientOver(fetch).getUnownedFacets()).rejects.toThrow(
      /getUnownedFacets in a shape that this client does not know/,
    );
  });

  it('is no promise itself', async () => {
    const client = clientOver(answering({}));
    expect(await Promise.resolve(client)).toBe(client);
  });
});
