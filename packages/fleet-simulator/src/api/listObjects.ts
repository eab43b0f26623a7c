import type { KubernetesObject } from '../kubernetes';
import type { ObjectSource, ScannedObject } from '../store/ObjectSource';
import { negotiate } from './accept';
import {
  continueExpired,
  decodeContinueToken,
  encodeContinueToken,
  type ContinueToken,
} from './continueToken';
import { parseFieldSelector } from './fieldSelector';
import {
  parseLabelSelector,
  type LabelFilter,
  type ObjectFilter,
} from './labelSelector';
import type { BodyReply, TypedRequest } from './Reply';
import {
  LIST_REPRESENTATIONS,
  listText,
  representList,
  type ListMeta,
} from './representations';
import {
  badRequest,
  expired,
  invalidListOptions,
  StatusError,
} from './StatusError';

/** Ways in which a list can be made to misbehave. */
export interface ListFaults {
  /** Treat the continue token as older than the history. */
  expireContinue?: boolean;
  /** Answer with the token that was sent, for ever. */
  loopContinue?: boolean;
  /** Bytes by which the first object of the page is padded. */
  padFirstObject?: number;
}

/** What {@link listObjects} needs beside the request. */
export interface ListContext {
  source: ObjectSource;
  /** Epoch milliseconds. */
  now: number;
  faults?: ListFaults;
}

/** Answers a list: selectors, pages bound to a snapshot, tables and metadata. */
export function listObjects(
  request: TypedRequest,
  context: ListContext,
): BodyReply {
  const { query, type } = request;
  const { source, faults = {} } = context;
  const representation = negotiate(
    request.headers.accept,
    LIST_REPRESENTATIONS,
  );
  const byLabel = labelFilterOf(request);
  const byField = fieldFilterOf(request);
  const position = positionOf(query, source, faults);
  const limit = query.get('resourceVersion') === '0' ? 0 : limitOf(query);

  const found: ScannedObject[] = [];
  let next: string | undefined;
  const scope = {
    resource: type,
    namespace: request.namespace,
    revision: position.revision,
  };
  // Keys of a namespaced list are relative to the namespace in the token.
  const prefix = request.namespace ? `${request.namespace}/` : '';
  for (const scanned of source.scan({
    ...scope,
    from: position.from === undefined ? undefined : prefix + position.from,
  })) {
    if (byLabel && !byLabel(scanned)) continue;
    if (byField && !byField(scanned.object)) continue;
    if (limit > 0 && found.length === limit) {
      next = scanned.key;
      break;
    }
    found.push(scanned);
  }
  const meta: ListMeta = { resourceVersion: String(position.revision) };
  if (next !== undefined) {
    const lastKey = found.at(-1)!.key.slice(prefix.length);
    meta.continue = encodeContinueToken({
      revision: position.revision,
      from: `${lastKey}\0`,
    });
    if (!byLabel && !byField) {
      meta.remainingItemCount = source.count({ ...scope, from: next });
    }
  }
  const sent = query.get('continue');
  if (faults.loopContinue && sent) meta.continue = sent;
  const reply = { status: 200, objects: found.length };
  if (!representation && !type.custom && !faults.padFirstObject) {
    const texts = found.flatMap(({ json }) => json ?? []);
    if (texts.length === found.length) {
      return { ...reply, body: listText(texts, meta, type) };
    }
  }
  const objects = found.map(({ object }) => object);
  if (faults.padFirstObject && objects.length) {
    objects[0] = padded(objects[0], faults.padFirstObject);
  }
  return {
    ...reply,
    body: representList(objects, meta, representation?.as, {
      type,
      includeObject: query.get('includeObject') ?? undefined,
      now: context.now,
    }),
  };
}

/**
 * The filter of both selectors of a request, or undefined without any.
 *
 * @throws StatusError 400
 */
export function selectorOf(request: TypedRequest): ObjectFilter | undefined {
  const byLabel = labelFilterOf(request);
  const byField = fieldFilterOf(request);
  if (!byLabel || !byField) return byLabel ?? byField;
  return object => byLabel(object) && byField(object);
}

function labelFilterOf({ query }: TypedRequest): LabelFilter | undefined {
  return parseLabelSelector(query.get('labelSelector') ?? '');
}

function fieldFilterOf({
  query,
  type,
}: TypedRequest): ObjectFilter | undefined {
  return parseFieldSelector(query.get('fieldSelector') ?? '', type);
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit');
  if (!text) return 0;
  if (!/^[+-]?\d+$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  }
  return Math.max(0, Number(text));
}

function positionOf(
  query: URLSearchParams,
  source: ObjectSource,
  faults: ListFaults,
): { revision: number; from?: string } {
  const version = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  const token = query.get('continue');
  if (query.get('sendInitialEvents')) {
    throw invalidListOptions(
      'sendInitialEvents',
      'sendInitialEvents is forbidden for list',
    );
  }
  if (match && token) {
    throw invalidListOptions(
      'resourceVersionMatch',
      'resourceVersionMatch is forbidden when continue is provided',
    );
  }
  if (match && !version) {
    throw invalidListOptions(
      'resourceVersionMatch',
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  }
  if (token) {
    if (version && version !== '0') {
      throw badRequest(
        'specifying resource version is not allowed when using continue',
      );
    }
    return resume(decodeContinueToken(token), source, faults);
  }
  if (!version || version === '0') return { revision: source.revision };
  const revision = parseResourceVersion(version);
  if (revision > source.revision) throw tooLarge(revision, source.revision);
  if (match !== 'Exact') return { revision: source.revision };
  if (revision < source.compactedRevision) {
    throw expired('The resourceVersion for the provided list is too old.');
  }
  return { revision };
}

function resume(
  token: ContinueToken,
  source: ObjectSource,
  faults: ListFaults,
): { revision: number; from: string } {
  if (token.revision < 0) {
    return { revision: source.revision, from: token.from };
  }
  if (faults.expireContinue || token.revision < source.compactedRevision) {
    throw continueExpired(token);
  }
  return token;
}

/** @throws StatusError 400 for anything but digits */
export function parseResourceVersion(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
    );
  }
  return Number(text);
}

function tooLarge(asked: number, current: number): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}

function padded(object: KubernetesObject, bytes: number): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: {
        ...object.metadata.annotations,
        'simulator.roadbed.dev/padding': 'x'.repeat(bytes),
      },
    },
  };
}
