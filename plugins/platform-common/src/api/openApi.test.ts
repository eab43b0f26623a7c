import SwaggerParser from '@apidevtools/swagger-parser';
import { buildOpenApiDocument } from './openApi';
import { platformRoutes } from './platformRoutes';
import { platformSchemas } from './platformSchemas';

const document = buildOpenApiDocument({
  routes: platformRoutes,
  schemas: platformSchemas,
  serverUrl: 'http://localhost:7007/api/platform',
  version: '0.1.0',
});

const parameters = (path: string): any[] =>
  (document.paths[path].get as any).parameters;

describe('buildOpenApiDocument', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    await expect(
      SwaggerParser.validate(structuredClone(document) as never),
    ).resolves.toMatchObject({ openapi: '3.1.0' });
  });

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
      example: 100,
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

  it('has a description and, of what is free text, an example for every parameter', () => {
    const all = Object.keys(document.paths).flatMap(parameters);
    const namesOf = (list: any[]) => list.map(({ name }) => name);
    expect(namesOf(all.filter(({ description }) => !description))).toEqual([]);
    const freeText = all.filter(
      ({ name, schema }) => !schema.enum && name !== 'cursor',
    );
    expect(namesOf(freeText.filter(({ example }) => !example))).toEqual([]);
  });

  it('gives examples that the server takes', () => {
    for (const route of platformRoutes) {
      for (const schema of [route.params, route.query]) {
        const path = route.path.replace(/:(\w+)/g, '{$1}');
        const examples = parameters(path)
          .filter(({ name, example }) => example && name in schema.shape)
          .map(({ name, example }) => [name, example]);
        expect(() => schema.parse(Object.fromEntries(examples))).not.toThrow();
      }
    }
  });

  it('requires path parameters', () => {
    expect(parameters('/fleet/clusters/{id}')).toEqual([
      expect.objectContaining({ name: 'id', in: 'path', required: true }),
    ]);
  });

  it('describes the answer and the errors of each operation', () => {
    for (const operations of Object.values(document.paths)) {
      for (const operation of Object.values(operations) as any[]) {
        const { schema } =
          operation.responses['200'].content['application/json'];
        expect(schema.type ?? schema.$ref).toMatch(
          /^object$|^#\/components\/schemas\//,
        );
        expect(Object.keys(operation.responses)).toEqual(
          expect.arrayContaining(['400', '401', '403', '404']),
        );
      }
    }
  });

  it('names what answers are made of, and uses each name', () => {
    expect(Object.keys(document.components.schemas).sort()).toEqual(
      ['Error', ...platformSchemas.map(({ name }) => name)].sort(),
    );
    const text = JSON.stringify(document);
    const unused = Object.keys(document.components.schemas).filter(
      name => !text.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
    expect(document.components.schemas.Cluster).toMatchObject({
      type: 'object',
      description: expect.stringContaining('never zero'),
      properties: {
        state: { $ref: '#/components/schemas/ClusterState' },
      },
    });
  });

  it('leaves answers open for what newer backends add', () => {
    expect(JSON.stringify(document.components.schemas)).not.toContain(
      '"additionalProperties":false',
    );
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
