import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AuthenticationError,
  InputError,
  NotFoundError,
} from '@backstage/errors';
import { z, type ZodType } from 'zod';
import { ACTIONS, type Controls } from './Controls';
import { faultSchema } from './faultSchema';

const clusters = z.array(z.string()).optional();
const changeSchema = z.strictObject({
  fraction: z.number().min(0).max(1),
  churn: z.number().min(0).max(1).optional(),
  clusters,
});
const injectSchema = z.strictObject({ clusters, fault: faultSchema });
const clockSchema = z.strictObject({ skewMs: z.number().int(), clusters });
const actSchema = z.strictObject({ namespace: z.string().optional() });
const actionSchema = z.enum(ACTIONS);

/** Lines of NDJSON that are written at once. */
const LINES_PER_CHUNK = 500;
const MAX_BODY_BYTES = 1024 * 1024;

/** Lets other processes of this machine change a fleet and see what it was asked. */
export class ControlServer {
  /** Needed in `authorization: Bearer`. */
  readonly token = randomBytes(24).toString('base64url');
  private readonly server: Server;

  private constructor(private readonly controls: Controls) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(error => fail(response, error));
    });
  }

  /** Listens on a free port of loopback. */
  static async start(controls: Controls): Promise<ControlServer> {
    const control = new ControlServer(controls);
    await new Promise<void>((resolve, reject) => {
      control.server.once('error', reject);
      control.server.listen(0, '127.0.0.1', resolve);
    });
    return control;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.authenticate(request.headers.authorization);
    const { pathname, searchParams } = new URL(
      request.url ?? '/',
      'http://control',
    );
    const body = <T>(schema: ZodType<T>) => readBody(request, schema);
    const [area, id = '', action = ''] = pathname.split('/').slice(1);
    switch (`${request.method} /${area}`) {
      case 'GET /stats':
        return answer(response, this.controls.stats());
      case 'DELETE /stats':
        this.controls.resetStats();
        return answer(response, {});
      case 'POST /change':
        return answer(
          response,
          await this.controls.change(await body(changeSchema)),
        );
      case 'GET /truth':
        return this.writeTruth(response, searchParams.get('cluster'));
      case 'POST /faults':
        return answer(
          response,
          await this.controls.injectFault(await body(injectSchema)),
        );
      case 'DELETE /faults':
        await this.controls.heal(id || undefined);
        return answer(response, {});
      case 'POST /clusters':
        return answer(
          response,
          this.controls.act(
            id,
            parse(actionSchema, action),
            await body(actSchema),
          ),
        );
      case 'POST /clock':
        this.controls.setClock(await body(clockSchema));
        return answer(response, {});
      default:
        throw new NotFoundError(`Nothing is at ${request.method} ${pathname}`);
    }
  }

  private authenticate(authorization = ''): void {
    const given = Buffer.from(authorization);
    const wanted = Buffer.from(`Bearer ${this.token}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      throw new AuthenticationError(
        'The Authorization header must be "Bearer" with the token of control.json',
      );
    }
  }

  private async writeTruth(
    response: ServerResponse,
    cluster: string | null,
  ): Promise<void> {
    if (!cluster) throw new InputError('"cluster" is missing in the query');
    const objects = this.controls.truth(cluster);
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    await pipeline(Readable.from(chunks(objects)), response);
  }
}

function* chunks(objects: Iterable<object>): Iterable<string> {
  let lines: string[] = [];
  for (const object of objects) {
    lines.push(`${JSON.stringify(object)}\n`);
    if (lines.length < LINES_PER_CHUNK) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

async function readBody<T>(
  request: IncomingMessage,
  schema: ZodType<T>,
): Promise<T> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) {
      throw new InputError(`The body is longer than ${MAX_BODY_BYTES} bytes`);
    }
  }
  let json: unknown;
  try {
    json = JSON.parse(text || '{}');
  } catch (error) {
    throw new InputError('The body is no JSON', error);
  }
  return parse(schema, json);
}

function parse<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new InputError(z.prettifyError(result.error));
  return result.data;
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function fail(response: ServerResponse, error: Error): void {
  if (response.headersSent) {
    response.destroy(error);
    return;
  }
  response.writeHead(statusOf(error), { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message: error.message } }));
}

function statusOf({ name }: Error): number {
  switch (name) {
    case 'InputError':
      return 400;
    case 'AuthenticationError':
      return 401;
    case 'NotFoundError':
      return 404;
    default:
      return 500;
  }
}
