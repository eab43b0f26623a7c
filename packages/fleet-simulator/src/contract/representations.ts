import {
  CONFIG_MAPS,
  createConfigMaps,
  type ContractSession,
} from './ContractTarget';

const as = (representation: string) =>
  `application/json;as=${representation};g=meta.k8s.io;v=v1`;

/** Metadata only, and tables. */
export function representationContract(session: () => ContractSession): void {
  const get = (path: string, accept: string) =>
    session().admin.get(path, { accept });
  const selected = `${CONFIG_MAPS}?labelSelector=test%3Dforms`;

  beforeAll(() => createConfigMaps(session(), 'forms', ['a', 'b']));

  it('a metadata list has pages and managedFields but no content', async () => {
    const { body } = await get(
      `${selected}&limit=1`,
      as('PartialObjectMetadataList'),
    );
    expect(body).toMatchObject({
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
    });
    expect(body.metadata.continue).toBeTruthy();
    const [item] = body.items;
    expect(item).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'forms-a', labels: { test: 'forms' } },
    });
    expect(item.metadata.managedFields).toHaveLength(1);
    expect(item).not.toHaveProperty('data');
  });

  it('one object can be had as metadata', async () => {
    const { body } = await get(
      `${CONFIG_MAPS}/forms-a`,
      as('PartialObjectMetadata'),
    );
    expect(body).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { name: 'forms-a' },
    });
    expect(body).not.toHaveProperty('data');
  });

  it('a table has columns, a row per object, and metadata in its rows', async () => {
    const { body } = await get(selected, as('Table'));
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    const columns = body.columnDefinitions.map((column: any) => column.name);
    expect(columns).toEqual(['Name', 'Data', 'Age']);
    expect(body.rows.map((row: any) => row.cells.slice(0, 2))).toEqual([
      ['forms-a', 1],
      ['forms-b', 1],
    ]);
    expect(body.rows[0].object).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { name: 'forms-a' },
    });
  });

  it('rows can come without or with their objects', async () => {
    const none = await get(`${selected}&includeObject=None`, as('Table'));
    const whole = await get(`${selected}&includeObject=Object`, as('Table'));
    expect(none.body.rows[0].object ?? null).toBeNull();
    expect(whole.body.rows[0].object).toMatchObject({
      kind: 'ConfigMap',
      data: { name: 'a' },
    });
  });

  it.each([['PartialObjectMetadataList'], ['Table']])(
    '%s is preferred over JSON when it comes first',
    async representation => {
      const { body } = await get(
        selected,
        `${as(representation)},application/json`,
      );
      expect(body.kind).toBe(representation);
    },
  );

  it.each([
    ['application/xml'],
    ['application/json;as=Table;g=meta.k8s.io;v=v9'],
  ])('%s is not acceptable', async accept => {
    const { status, body } = await get(selected, accept);
    expect(status).toBe(406);
    expect(body).toMatchObject({ kind: 'Status', reason: 'NotAcceptable' });
  });
}
