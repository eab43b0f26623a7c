import { NAMESPACE, CONFIG_MAPS, type ContractSession } from './ContractTarget';

/** Who may not, and what is not there: the exact bodies. */
export function refusalContract(session: () => ContractSession): void {
  it('an unknown token is 401, whatever is asked', async () => {
    for (const path of ['/api/v1/pods', '/version', '/nope']) {
      const { status, body } = await session().stranger.get(path);
      expect(status).toBe(401);
      expect(body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      });
    }
  });

  it('no token is the anonymous user', async () => {
    const { status, body } = await session().anonymous.get('/api/v1/pods');
    expect(status).toBe(403);
    expect(body.message).toBe(
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
    );
  });

  it.each([
    [
      '/api/v1/pods',
      'pods is forbidden: User "USER" cannot list resource "pods" in API group "" at the cluster scope',
      { kind: 'pods' },
    ],
    [
      `/api/v1/namespaces/${NAMESPACE}/pods`,
      'pods is forbidden: User "USER" cannot list resource "pods" in API group "" in the namespace "default"',
      { kind: 'pods' },
    ],
    [
      `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/x`,
      'deployments.apps "x" is forbidden: User "USER" cannot get resource "deployments" in API group "apps" in the namespace "default"',
      { name: 'x', group: 'apps', kind: 'deployments' },
    ],
    [
      `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/x/scale`,
      'deployments.apps "x" is forbidden: User "USER" cannot get resource "deployments/scale" in API group "apps" in the namespace "default"',
      { name: 'x', group: 'apps', kind: 'deployments' },
    ],
    [
      '/api/v1/pods?watch=true',
      'pods is forbidden: User "USER" cannot watch resource "pods" in API group "" at the cluster scope',
      { kind: 'pods' },
    ],
    [
      '/api/v1/namespaces/kube-system',
      'namespaces "kube-system" is forbidden: User "USER" cannot get resource "namespaces" in API group "" in the namespace "kube-system"',
      { name: 'kube-system', kind: 'namespaces' },
    ],
    [
      '/apis/nope.example/v1/widgets',
      'widgets.nope.example is forbidden: User "USER" cannot list resource "widgets" in API group "nope.example" at the cluster scope',
      { group: 'nope.example', kind: 'widgets' },
    ],
    ['/metrics', 'forbidden: User "USER" cannot get path "/metrics"', {}],
  ])(
    '%s without the right to it is 403 with details',
    async (path, message, details) => {
      const { limited, target } = session();
      const { status, body } = await limited.get(path);
      expect(status).toBe(403);
      expect(body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: message.replace('USER', target.limitedUser),
        reason: 'Forbidden',
        details,
        code: 403,
      });
    },
  );

  it('an object that does not exist is 404 with its name', async () => {
    const { status, body } = await session().admin.get(`${CONFIG_MAPS}/none`);
    expect(status).toBe(404);
    expect(body).toMatchObject({
      message: 'configmaps "none" not found',
      reason: 'NotFound',
      details: { name: 'none', kind: 'configmaps' },
    });
  });

  it('a resource that does not exist is 404 without one', async () => {
    const { status, body } = await session().admin.get('/api/v1/widgets');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      message: 'the server could not find the requested resource',
      reason: 'NotFound',
      details: {},
    });
  });

  it('a path that is nothing at all is a plain 404', async () => {
    const { status, text } = await session().admin.get('/nope');
    expect(status).toBe(404);
    expect(text).toBe('404 page not found\n');
  });

  it.each([
    ['POST', '/version'],
    ['PUT', '/api/v1/pods'],
  ] as const)('%s %s is not allowed', async (method, path) => {
    const { status, body } = await session().admin.send({
      method,
      path,
      body: {},
    });
    expect(status).toBe(405);
    expect(body).toMatchObject({ reason: 'MethodNotAllowed', details: {} });
  });

  it('everybody signed in may ask what they may do', async () => {
    const { limited } = session();
    const review = (body: object) =>
      limited.send({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: {
          kind: 'SelfSubjectAccessReview',
          apiVersion: 'authorization.k8s.io/v1',
          spec: body,
        },
      });
    const pods = await review({
      resourceAttributes: { verb: 'list', resource: 'pods' },
    });
    const version = await review({
      nonResourceAttributes: { verb: 'get', path: '/version' },
    });
    expect(pods.status).toBe(201);
    expect(pods.body.status.allowed).toBe(false);
    expect(version.body.status.allowed).toBe(true);

    const rules = await limited.send({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      body: {
        kind: 'SelfSubjectRulesReview',
        apiVersion: 'authorization.k8s.io/v1',
        spec: { namespace: NAMESPACE },
      },
    });
    expect(rules.status).toBe(201);
    expect(rules.body.status.incomplete).toBe(false);
    expect(rules.body.status.resourceRules).toContainEqual({
      verbs: ['create'],
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    });
  });
}
