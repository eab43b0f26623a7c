import {
  CONFIG_MAPS,
  createConfigMaps,
  namesOf,
  type ContractSession,
} from './ContractTarget';

/** Lists and their selectors. */
export function listContract(session: () => ContractSession): void {
  const get = (path: string) => session().admin.get(path);

  beforeAll(() => createConfigMaps(session(), 'lists', ['a', 'b', 'c']));

  it('name their kind and revision, and leave kind and apiVersion out of items', async () => {
    const { status, headers, body } = await get(CONFIG_MAPS);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
    expect(body.metadata.resourceVersion).toMatch(/^\d+$/);
    expect(body.metadata).not.toHaveProperty('continue');
    expect(body.items[0]).not.toHaveProperty('kind');
    expect(body.items[0]).not.toHaveProperty('apiVersion');
  });

  it('are an empty array, not null, when nothing is there', async () => {
    const { body } = await get('/apis/networking.k8s.io/v1/ingresses');
    expect(body.items).toEqual([]);
  });

  it.each([
    ['test=lists', ['lists-a', 'lists-b', 'lists-c']],
    ['test==lists', ['lists-a', 'lists-b', 'lists-c']],
    ['test in (lists,other)', ['lists-a', 'lists-b', 'lists-c']],
    ['test=lists,!absent', ['lists-a', 'lists-b', 'lists-c']],
    ['test=lists,absent', []],
    ['test=lists,test!=lists', []],
    ['test=lists,test notin (lists)', []],
  ])('select by labels: %s', async (selector, names) => {
    const { body } = await get(
      `${CONFIG_MAPS}?labelSelector=${encodeURIComponent(selector)}`,
    );
    expect(namesOf(body)).toEqual(names);
  });

  it.each([
    ['metadata.name=lists-b', ['lists-b']],
    ['metadata.name==lists-b', ['lists-b']],
    ['metadata.namespace=default,metadata.name=lists-c', ['lists-c']],
    ['metadata.namespace=elsewhere', []],
  ])('select by fields: %s', async (selector, names) => {
    const { body } = await get(
      `/api/v1/configmaps?fieldSelector=${encodeURIComponent(selector)}`,
    );
    expect(namesOf(body)).toEqual(names);
  });

  it.each([
    ['/api/v1/pods', 'field label not supported: spec.foo'],
    [
      '/api/v1/configmaps',
      '"spec.foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
  ])(
    '%s refuse selectors of fields they do not know',
    async (path, message) => {
      const { status, body } = await get(
        `${path}?fieldSelector=spec.foo%3Dbar`,
      );
      expect(status).toBe(400);
      expect(body).toMatchObject({
        kind: 'Status',
        reason: 'BadRequest',
        message,
      });
    },
  );

  it('refuse label selectors that cannot be parsed', async () => {
    const { status, body } = await get(
      `${CONFIG_MAPS}?labelSelector=${encodeURIComponent('a===b')}`,
    );
    expect(status).toBe(400);
    expect(body.reason).toBe('BadRequest');
    expect(body.message).toMatch(/^unable to parse requirement/);
  });
}
