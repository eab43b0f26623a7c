import { z } from 'zod';
import type { ApiRoute } from './apiRoute';
import type { NamedSchema } from './platformSchemas';

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
  ['409', 'It can not be done in the state that this is in'],
  ['429', 'Too often; Retry-After says when to come again'],
  [
    '503',
    'What is needed for it does not answer; the same request works later',
  ],
];

/** Of an export: the name of the file. */
const fileHeaders = {
  'Content-Disposition': {
    required: true,
    schema: { type: 'string', pattern: '^attachment; filename="[a-z.-]+"$' },
  },
};

/** Answered to whoever has the same answer already. */
const unchanged = {
  description:
    'The answer is still the one whose ETag was sent as If-None-Match',
};

/** Answered by the HTTP server itself, before anybody reads the request. */
const tooLong = {
  description:
    'The URL and the headers are longer than the server reads, by default 16 KiB together; there is no body',
};

/** Headers that belong to an error, by its status. */
const errorHeaders: Record<string, object> = {
  '429': {
    'Retry-After': {
      description: 'Seconds to wait',
      required: true,
      schema: { type: 'integer', minimum: 0 },
    },
  },
};

/**
 * Makes the OpenAPI 3.1 document of routes, from the schemas that also validate
 * them; so it can not say anything else than the server does.
 *
 * @public
 */
export function buildOpenApiDocument(options: {
  routes: readonly ApiRoute[];
  /** Schemas that get a name; every other one stands where it is used. */
  schemas?: readonly NamedSchema[];
  /** Base URL of the plugin, such as `https://portal.example/api/platform`. */
  serverUrl: string;
  version: string;
}): OpenApiDocument {
  const { routes, schemas = [], serverUrl, version } = options;
  const names = z.registry<{ id: string; description: string }>();
  for (const { name, schema, description } of schemas) {
    names.add(schema, { id: name, description });
  }
  const components: Record<string, object> = { Error: errorSchema };
  const paths: OpenApiDocument['paths'] = {};
  const answerOf = (schema: z.ZodType) => {
    const { own, used } = answerSchemaOf(schema, names);
    Object.assign(components, used);
    return own;
  };
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method]: operationOf(route, answerOf),
    };
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
          description:
            'A Backstage token: of a signed-in user, or of a service (a plugin, or external access configured under backend.auth.externalAccess)',
        },
      },
      schemas: components,
      responses: Object.fromEntries(
        errorAnswers.map(([status, description]) => [
          `Error${status}`,
          {
            description,
            ...(errorHeaders[status] && { headers: errorHeaders[status] }),
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

function operationOf(
  route: ApiRoute,
  answerOf: (schema: z.ZodType) => object,
): object {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.room],
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
    ],
    ...(route.access === 'anyone' && { security: [] }),
    'x-backstage-permissions': route.permissions,
    responses: {
      [route.status]: {
        description:
          route.status === 202 ? 'It will be done' : 'What was asked for',
        ...(route.produces === 'text/csv' && { headers: fileHeaders }),
        content: {
          [route.produces]: { schema: answerOf(route.response) },
        },
      },
      ...(route.method === 'get' &&
        route.produces === 'application/json' && { '304': unchanged }),
      ...Object.fromEntries(
        errorAnswers.map(([status]) => [
          status,
          { $ref: `#/components/responses/Error${status}` },
        ]),
      ),
      '431': tooLong,
    },
  };
}

/** As read by the server: with defaults filled in and one value made a list. */
function parametersOf(schema: z.ZodObject, place: 'path' | 'query'): object[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const { $schema, description, examples, ...parameterSchema } =
      z.toJSONSchema(field as z.ZodType, { io: 'output' });
    const [example] = examples ?? [];
    return {
      name,
      in: place,
      required: place === 'path',
      ...(description !== undefined && { description }),
      ...(example !== undefined && { example }),
      schema: parameterSchema,
    };
  });
}

/** What zod writes for numbers that JSON can hold exactly, and says nothing. */
const ANY_INTEGER = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

/**
 * The schema of an answer, and the named schemas that it uses.
 *
 * @remarks
 * Objects are left open: a newer backend may answer more than a client knows.
 */
function answerSchemaOf(
  schema: z.ZodType,
  names: z.core.$ZodRegistry<{ id: string; description: string }>,
): { own: object; used: Record<string, object> } {
  // Inside an object, because zod gives a root that has a name in two ways.
  const json = z.toJSONSchema(z.object({ answer: schema }), {
    io: 'output',
    metadata: names,
    override: ({ jsonSchema: node }) => {
      if (node.additionalProperties === false) delete node.additionalProperties;
      if (node.format === 'date-time') delete node.pattern;
      if (ANY_INTEGER.includes(node.minimum!)) delete node.minimum;
      if (ANY_INTEGER.includes(node.maximum!)) delete node.maximum;
      // Named by its place among the components already.
      delete node.id;
    },
  });
  // zod collects named schemas in $defs, OpenAPI in its components.
  const { properties, $defs } = JSON.parse(
    JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'),
  );
  return { own: properties.answer, used: $defs ?? {} };
}
