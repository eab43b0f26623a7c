import type { ContractSession } from './ContractTarget';

const aggregated = (version: string) =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

/** What is served, in both forms of discovery. */
export function discoveryContract(session: () => ContractSession): void {
  const get = (path: string, accept?: string) =>
    session().admin.get(path, accept ? { accept } : undefined);

  it('aggregated discovery v2 tells groups, versions, resources and verbs at once', async () => {
    const { headers, body } = await get('/apis', aggregated('v2'));
    expect(headers['content-type']).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    expect(body).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    });
    const apps = body.items.find((item: any) => item.metadata.name === 'apps');
    const [v1] = apps.versions;
    expect(v1).toMatchObject({ version: 'v1', freshness: 'Current' });
    const deployments = v1.resources.find(
      (resource: any) => resource.resource === 'deployments',
    );
    expect(deployments).toMatchObject({
      responseKind: { group: '', version: '', kind: 'Deployment' },
      scope: 'Namespaced',
      singularResource: 'deployment',
      shortNames: ['deploy'],
      categories: ['all'],
    });
    expect([...deployments.verbs].sort()).toEqual([
      'create',
      'delete',
      'deletecollection',
      'get',
      'list',
      'patch',
      'update',
      'watch',
    ]);
    expect(deployments.subresources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          subresource: 'scale',
          responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
        }),
      ]),
    );
  });

  it('the core group is told by /api, without a name', async () => {
    const { body } = await get('/api', aggregated('v2'));
    expect(body.items).toHaveLength(1);
    expect(body.items[0].metadata).toEqual({});
    const nodes = body.items[0].versions[0].resources.find(
      (resource: any) => resource.resource === 'nodes',
    );
    expect(nodes).toMatchObject({ scope: 'Cluster', shortNames: ['no'] });
  });

  it('a client that offers both versions and JSON gets the newest it shares', async () => {
    const { body } = await get(
      '/apis',
      `${aggregated('v2')},${aggregated('v2beta1')},application/json`,
    );
    expect(body.apiVersion).toBe('apidiscovery.k8s.io/v2');
  });

  it('v2beta1 is gone since 1.33', async () => {
    const { status } = await get('/apis', aggregated('v2beta1'));
    expect(status).toBe(session().target.minor >= 33 ? 406 : 200);
  });

  it('without a wish, /api and /apis are the short documents', async () => {
    const core = await get('/api');
    const groups = await get('/apis');
    expect(core.body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    expect(core.body.serverAddressByClientCIDRs[0].clientCIDR).toBe(
      '0.0.0.0/0',
    );
    const version = { groupVersion: 'apps/v1', version: 'v1' };
    expect(groups.body.kind).toBe('APIGroupList');
    expect(groups.body.groups).toContainEqual({
      name: 'apps',
      versions: [version],
      preferredVersion: version,
    });
  });

  it('a group version lists its resources and subresources', async () => {
    const { body } = await get('/apis/apps/v1');
    expect(body).toMatchObject({
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: 'apps/v1',
    });
    const names = body.resources.map((resource: any) => resource.name);
    expect(names).toEqual(
      expect.arrayContaining([
        'deployments',
        'deployments/scale',
        'deployments/status',
      ]),
    );
    const scale = body.resources.find(
      (resource: any) => resource.name === 'deployments/scale',
    );
    expect(scale).toMatchObject({
      group: 'autoscaling',
      version: 'v1',
      kind: 'Scale',
      singularName: '',
    });
  });

  it('the core document has no apiVersion', async () => {
    const { body } = await get('/api/v1');
    expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1' });
    expect(body).not.toHaveProperty('apiVersion');
  });

  it('a group that is not served is a plain 404', async () => {
    for (const path of ['/apis/nope.example', '/apis/nope.example/v1/x']) {
      const { status, headers, text } = await get(path);
      expect(status).toBe(404);
      expect(headers['content-type']).toMatch(/^text\/plain/);
      expect(text).toBe('404 page not found\n');
    }
  });

  it('a version that is not served, of a group that is, is a 404 Status', async () => {
    const { status, body } = await get('/apis/apps/v9');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  });

  it('/version tells the binary and the minor that is served', async () => {
    const { body } = await get('/version');
    expect(body.gitVersion).toMatch(/^v1\.\d+\.\d+/);
    expect(body.major).toBe('1');
    const served = body.emulationMinor ?? body.minor.replace('+', '');
    expect(Number(served)).toBe(session().target.minor);
  });

  it.each(['/readyz', '/livez'])('%s says ok in plain text', async path => {
    const { status, headers, text } = await get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(text).toBe('ok');
  });
}
