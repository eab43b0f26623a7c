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
  Object.values(document.paths[path] as Record<string, any>)[0].parameters;

describe('buildOpenApiDocument', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    await expect(
      SwaggerParser.validate(structuredClone(document) as never),
    ).resolves.toMatchObject({ openapi: '3.1.0' });
  });

  it('has every route, with the ways of OpenAPI to write paths', () => {
    const described = Object.entries(document.paths).flatMap(
      ([path, operations]) =>
        Object.keys(operations).map(method => `${method} ${path}`),
    );
    expect(described).toEqual(
      platformRoutes.map(
        ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
      ),
    );
    expect(described).toContain('post /fleet/clusters/{id}/collect');
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
      for (const [place, schema] of [
        ['path', route.params],
        ['query', route.query],
      ] as const) {
        const path = route.path.replace(/:(\w+)/g, '{$1}');
        const examples = parameters(path)
          .filter(parameter => parameter.example && parameter.in === place)
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
    for (const route of platformRoutes) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      const operation = document.paths[path][route.method] as any;
      const { content } = operation.responses[String(route.status)];
      const { schema } = content[route.produces];
      expect(schema.type ?? schema.$ref).toMatch(
        route.produces === 'text/csv'
          ? /^string$/
          : /^object$|^#\/components\/schemas\//,
      );
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['400', '401', '403', '404', '429']),
      );
      expect(operation['x-backstage-permissions']).toEqual(route.permissions);
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
