import { CONFIG_MAPS, NAMESPACE, type ContractSession } from './ContractTarget';

/** What the server makes of objects that clients write. */
export function writeContract(session: () => ContractSession): void {
  const post = (path: string, body: object) =>
    session().admin.send({ method: 'POST', path, body });
  const patch = (path: string, body: object, contentType: string) =>
    session().admin.send({ method: 'PATCH', path, body, contentType });

  it('a created object gets uid, time, revision and managedFields of its creator', async () => {
    const { status, body } = await post(CONFIG_MAPS, {
      metadata: { name: 'created', labels: { test: 'created' } },
      data: { a: 'b' },
    });
    expect(status).toBe(201);
    const { metadata } = body;
    expect(body.kind).toBe('ConfigMap');
    expect(metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(metadata.resourceVersion).toMatch(/^\d+$/);
    expect(metadata.creationTimestamp).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    );
    expect(metadata.managedFields).toEqual([
      {
        manager: 'roadbed-test',
        operation: 'Update',
        apiVersion: 'v1',
        time: metadata.creationTimestamp,
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:data': { '.': {}, 'f:a': {} },
          'f:metadata': { 'f:labels': { '.': {}, 'f:test': {} } },
        },
      },
    ]);
  });

  it('fieldManager names the manager', async () => {
    const { body } = await post(`${CONFIG_MAPS}?fieldManager=pipeline`, {
      metadata: { name: 'managed' },
      data: { a: 'b' },
    });
    expect(body.metadata.managedFields[0].manager).toBe('pipeline');
  });

  it('a second manager owns what it changed, and the first loses it', async () => {
    await post(`${CONFIG_MAPS}?fieldManager=first`, {
      metadata: { name: 'shared' },
      data: { a: '1', b: '1' },
    });
    const { body } = await patch(
      `${CONFIG_MAPS}/shared?fieldManager=second`,
      { data: { b: '2' } },
      'application/merge-patch+json',
    );
    const owned = Object.fromEntries(
      body.metadata.managedFields.map((entry: any) => [
        entry.manager,
        Object.keys(entry.fieldsV1['f:data']).filter(key => key !== '.'),
      ]),
    );
    expect(owned).toEqual({ first: ['f:a'], second: ['f:b'] });
  });

  it('the same name twice is AlreadyExists', async () => {
    const body = { metadata: { name: 'twice' } };
    await post(CONFIG_MAPS, body);
    const second = await post(CONFIG_MAPS, body);
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({
      message: 'configmaps "twice" already exists',
      reason: 'AlreadyExists',
      details: { name: 'twice', kind: 'configmaps' },
    });
  });

  it('a write over another write is a Conflict', async () => {
    const { body } = await post(CONFIG_MAPS, {
      metadata: { name: 'raced' },
      data: { a: '1' },
    });
    const path = `${CONFIG_MAPS}/raced`;
    await patch(path, { data: { a: '2' } }, 'application/merge-patch+json');
    const { status, body: refused } = await session().admin.send({
      method: 'PUT',
      path,
      body,
    });
    expect(status).toBe(409);
    expect(refused.reason).toBe('Conflict');
    expect(refused.message).toMatch(/the object has been modified/);
  });

  it('generation counts changes of the spec, and scale is a view of it', async () => {
    const path = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;
    const { status, body: created } = await post(path, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'scaled' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'scaled' } },
        template: {
          metadata: { labels: { app: 'scaled' } },
          spec: { containers: [{ name: 'app', image: 'example.com/app:1' }] },
        },
      },
    });
    expect(status).toBe(201);
    expect(created.metadata.generation).toBe(1);
    const { body: scale } = await patch(
      `${path}/scaled/scale`,
      { spec: { replicas: 3 } },
      'application/merge-patch+json',
    );
    expect(scale).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 3 },
    });
    const { body: labelled } = await patch(
      `${path}/scaled`,
      { metadata: { labels: { a: 'b' } } },
      'application/strategic-merge-patch+json',
    );
    expect(labelled.metadata.generation).toBe(2);
    expect(labelled.spec.replicas).toBe(3);
    expect(labelled.spec.template.spec.containers).toHaveLength(1);
  });

  it('a deletion answers with a Status that names the uid', async () => {
    const { body: created } = await post(CONFIG_MAPS, {
      metadata: { name: 'deleted' },
    });
    const path = `${CONFIG_MAPS}/deleted`;
    const { status, body } = await session().admin.send({
      method: 'DELETE',
      path,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: {
        name: 'deleted',
        kind: 'configmaps',
        uid: created.metadata.uid,
      },
    });
    expect((await session().admin.get(path)).status).toBe(404);
  });
}
