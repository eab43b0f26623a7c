import { z } from 'zod';
import type { ApiRoute } from './apiRoute';

/** The parts of an OpenAPI 3.1 document that Roadbed writes. @public */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: Array<{ url: string }>;
  security: Array<Record<string, string[]>>;
  tags: Array<{ name: string }>;
  paths: Record<string, Record<string, object>>;
  components: Record<string, Record<string, object>>;
}

/** The body of every error that a Backstage backend answers. */
const errorSchema = {
  type: 'object',
  required: ['error', 'response'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: { type: 'string', examples: ['InputError'] },
        message: {
          type: 'string',
          description:
            'Names the parameter, what was expected and what was got',
        },
      },
    },
    request: {
      type: 'object',
      properties: { method: { type: 'string' }, url: { type: 'string' } },
    },
    response: {
      type: 'object',
      required: ['statusCode'],
      properties: { statusCode: { type: 'integer' } },
    },
  },
};

const errorAnswers: Array<[status: string, description: string]> = [
  ['400', 'A parameter is unknown or malformed; the message names it'],
  ['401', 'The caller is not signed in'],
  ['403', 'The caller may not see this'],
  ['404', 'There is no such thing, or the caller may not know of it'],
];

/**
 * Makes the OpenAPI 3.1 document of routes, from the schemas that also validate
 * them; so it can not say anything else than the server does.
 *
 * @public
 */
export function buildOpenApiDocument(options: {
  routes: readonly ApiRoute[];
  /** Base URL of the plugin, such as `https://portal.example/api/platform`. */
  serverUrl: string;
  version: string;
}): OpenApiDocument {
  const { routes, serverUrl, version } = options;
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      // Backstage's convention: the title is the id of the plugin.
      title: 'platform',
      version,
      description:
        'The platform as Roadbed collected it. Every number carries its age; null means not known, never zero.',
    },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }],
    tags: [...new Set(routes.map(({ room }) => room))].map(name => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A Backstage token of a user or a service',
        },
      },
      schemas: { Error: errorSchema },
      responses: Object.fromEntries(
        errorAnswers.map(([status, description]) => [
          `Error${status}`,
          {
            description,
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Error' },
              },
            },
          },
        ]),
      ),
    },
  };
}

function operationOf(route: ApiRoute): object {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.room],
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
    ],
    responses: {
      '200': {
        description: 'What was asked for',
        content: {
          'application/json': { schema: jsonSchemaOf(route.response) },
        },
      },
      ...Object.fromEntries(
        errorAnswers.map(([status]) => [
          status,
          { $ref: `#/components/responses/Error${status}` },
        ]),
      ),
    },
  };
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query'): object[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const { description, ...parameterSchema } = jsonSchemaOf(
      field as z.ZodType,
    );
    return {
      name,
      in: place,
      required: place === 'path',
      ...(description ? { description } : {}),
      schema: parameterSchema,
    };
  });
}

/** As read by the server: with defaults filled in and one value made a list. */
function jsonSchemaOf(schema: z.ZodType): {
  description?: string;
  [keyword: string]: unknown;
} {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'output' });
  return rest;
}
