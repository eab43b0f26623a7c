import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiServer } from '../api/ApiServer';
import { ANONYMOUS } from '../api/authorization';
import type { ApiRequest, Reply } from '../api/Reply';
import { badRequest, StatusError } from '../api/StatusError';
import { faultReply } from '../faults/faultReply';
import type { RequestFault } from '../faults/Fault';
import { faultOf, type FaultPlan } from '../faults/FaultPlan';
import type { RequestHandler } from './TlsEndpoint';
import type { Traffic } from './Traffic';
import { commonHeaders, writeReply } from './writeReply';

/** Larger bodies are refused, as by the real server. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;

/** What stands between HTTP and the answers of a cluster. */
export interface RequestHandlerOptions {
  api: ApiServer;
  plan: FaultPlan;
  /** Told in the `Date` of answers, epoch milliseconds; the clock of the machine unless given. */
  now?: () => number;
  /** Counts what goes through. */
  traffic?: Traffic;
}

/** Turns HTTP into calls of an {@link ApiServer}, with the faults of a cluster in between. */
export function createRequestHandler(
  options: RequestHandlerOptions,
): RequestHandler {
  const { now, traffic } = options;
  return (request, response) => {
    if (now) response.setHeader('date', new Date(now()).toUTCString());
    const { authorization } = request.headers;
    const path = request.url?.split('?', 1)[0] ?? '/';
    const end = traffic?.begin({ path, authorization });
    if (end) response.once('close', end);
    serve(request, response, options).catch(error => {
      // A client that went away is no event; anything else is a fault of ours.
      if (!response.destroyed) response.destroy(error);
    });
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { api, plan, traffic }: RequestHandlerOptions,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://server');
  const received: ApiRequest = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers as Record<string, string | undefined>,
    body: await readBody(request),
    identity: ANONYMOUS,
  };
  const faults = plan.strike(received);
  const latency = faultOf(faults, 'latency');
  if (latency) await delay(latency.ms, undefined, { ref: false });
  if (faultOf(faults, 'black-hole')) return;
  if (faultOf(faults, 'reset')) {
    response.destroy();
    return;
  }
  const reply = answer(received, api, faults);
  if ('stream' in reply) {
    for (const [name, value] of Object.entries(commonHeaders())) {
      response.setHeader(name, value);
    }
    reply.stream(response);
    return;
  }
  const { bytesSent, bytesRaw } = await writeReply(
    request,
    response,
    reply,
    faults,
  );
  traffic?.sent({ bytesSent, bytesRaw, objects: reply.objects });
}

function answer(
  request: ApiRequest,
  api: ApiServer,
  faults: readonly RequestFault[],
): Reply {
  try {
    const timeout = request.query.get('timeout');
    if (timeout && !/^([\d.]+(ns|us|ms|s|m|h))+$|^0$/.test(timeout)) {
      throw badRequest(
        `invalid timeout specified in the request URL - time: invalid duration "${timeout}"`,
      );
    }
    const identity = api.authenticate(request.headers.authorization);
    return (
      faultReply(faults, request, identity.name) ??
      api.handle(
        { ...request, identity },
        {
          expireContinue: Boolean(faultOf(faults, 'expire-continue')),
          loopContinue: Boolean(faultOf(faults, 'continue-loop')),
          padFirstObject: faultOf(faults, 'huge-object')?.bytes,
          missingGroups: faults.flatMap(fault =>
            fault.kind === 'missing-group' ? [fault.group] : [],
          ),
        },
      )
    );
  } catch (error) {
    const failure = error instanceof StatusError ? error : internal(error);
    return {
      status: failure.code,
      headers: failure.headers,
      body: failure.status,
    };
  }
}

/** What the real server says of its own mistakes, and of ours. */
function internal(error: unknown): StatusError {
  const cause = error instanceof Error ? error.message : String(error);
  return new StatusError({
    code: 500,
    reason: 'InternalError',
    message: `Internal error occurred: ${cause}`,
    details: { causes: [{ reason: 'InternalError', message: cause }] },
  });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
