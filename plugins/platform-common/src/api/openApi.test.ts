import { platformRoutes } from './platformRoutes';
import { buildOpenApiDocument } from './openApi';

const document = buildOpenApiDocument({
  routes: platformRoutes,
  serverUrl: 'http://localhost:7007/api/platform',
  version: '0.1.0',
});

const parameters = (path: string): any[] =>
  (document.paths[path].get as any).parameters;

describe('buildOpenApiDocument', () => {
  it('has every route, with the ways of OpenAPI to write paths', () => {
    expect(Object.keys(document.paths).sort()).toEqual([
      '/fleet/clusters',
      '/fleet/clusters/{id}',
      '/fleet/collections',
      '/fleet/summary',
      '/fleet/workloads',
      '/health',
    ]);
  });

  it('gives every operation an id of its own', () => {
    const ids = Object.values(document.paths).flatMap(operations =>
      Object.values(operations).map((operation: any) => operation.operationId),
    );
    expect(new Set(ids).size).toBe(platformRoutes.length);
  });

  it('tells bounds, defaults and descriptions of parameters', () => {
    expect(
      parameters('/fleet/clusters').find(({ name }) => name === 'limit'),
    ).toEqual({
      name: 'limit',
      in: 'query',
      required: false,
      description: 'Rows per page',
      schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
    });
  });

  it('tells which parameters may be repeated, and their choices', () => {
    expect(
      parameters('/fleet/workloads').find(({ name }) => name === 'kind'),
    ).toMatchObject({
      schema: {
        type: 'array',
        items: { enum: expect.arrayContaining(['Deployment', 'Job']) },
      },
    });
  });

  it('requires path parameters', () => {
    expect(parameters('/fleet/clusters/{id}')).toEqual([
      expect.objectContaining({ name: 'id', in: 'path', required: true }),
    ]);
  });

  it('describes the answer and the errors of each operation', () => {
    for (const operations of Object.values(document.paths)) {
      for (const operation of Object.values(operations) as any[]) {
        expect(
          operation.responses['200'].content['application/json'].schema.type,
        ).toBe('object');
        expect(Object.keys(operation.responses)).toEqual(
          expect.arrayContaining(['400', '401', '403', '404']),
        );
      }
    }
  });

  it('has no reference that leads nowhere', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, path] of references) {
      const target = path
        .split('/')
        .reduce<any>((node, key) => node?.[key], document);
      expect(target).toBeDefined();
    }
  });
});
