import type { KubernetesObject } from '@roadbed/backstage-plugin-platform-node';
import type { ClusterResponse } from '../ClusterConnection';
import {
  DEFAULT_LIST_BOUNDS,
  MAX_CONTINUE_LENGTH,
  MAX_OPAQUE_LENGTH,
  MAX_VALUES,
} from '../bounds';
import { ClusterError } from '../ClusterError';
import { ownTurn } from '../eventLoop';
import { outlineList, parseParts } from './itemParts';
import { parseLean } from './leanJson';
import { splitItems, TooManyValuesError } from './splitItems';
import { notKubernetes, type Asked } from './statusError';

/**
 * Larger bodies become objects one by one: pages are halved above this, and
 * JSON can take ten times its bytes in memory.
 */
const SPLIT_ABOVE_BYTES = 8 * 1024 * 1024;
/** Objects that are handed on together: some 5 ms of parsing. */
const PART_BYTES = 512 * 1024;

/** Whether a body is so large that its objects are parsed one by one. */
export function isLargeBody(body: Buffer): boolean {
  return body.length > SPLIT_ABOVE_BYTES;
}

/** A list as it came, with its items still to be taken. */
export interface ListBody {
  resourceVersion: string | null;
  continueToken: string | undefined;
  /** An estimate, absent on the last page and with selectors. */
  remaining: number | undefined;
  batches(): AsyncIterable<KubernetesObject[]>;
}

interface Envelope {
  kind?: unknown;
  metadata?: {
    resourceVersion?: unknown;
    continue?: unknown;
    remainingItemCount?: unknown;
  };
  items?: unknown;
}

/**
 * Reads the body of a list.
 *
 * @throws ClusterError `not_kubernetes` for what is no list of Kubernetes,
 * `truncated` for JSON that breaks off, `malformed` for JSON that is none
 */
export function readListBody(
  asked: Asked,
  response: ClusterResponse,
  splitAboveBytes: number = SPLIT_ABOVE_BYTES,
): ListBody {
  const type = response.headers['content-type'] ?? '';
  if (!type.includes('json')) {
    throw notKubernetes(asked, response);
  }
  const { body } = response;
  const outline =
    body.length > PART_BYTES && body.length <= splitAboveBytes
      ? outlineList(body)
      : undefined;
  if (outline) {
    const envelope = { ...outline.envelope, items: [] };
    return describe(asked, response, envelope, async function* inParts() {
      try {
        for (const part of parseParts(body, outline, PART_BYTES)) {
          yield part as KubernetesObject[];
          await ownTurn();
        }
      } catch (cause) {
        throw malformed(asked, 'that is not JSON', cause);
      }
    });
  }
  if (body.length <= splitAboveBytes) {
    const list = parse(asked, body) as Envelope | null;
    return describe(asked, response, list, async function* whole() {
      yield list!.items as KubernetesObject[];
    });
  }
  const split = splitBody(asked, body);
  if (!split) {
    throw unreadable(asked, body);
  }
  const list = parse(asked, split.envelope) as Envelope | null;
  return describe(asked, response, list, async function* oneByOne() {
    let batch: KubernetesObject[] = [];
    let bytes = 0;
    for (const [start, end] of split.items) {
      batch.push(parse(asked, body.subarray(start, end)) as KubernetesObject);
      bytes += end - start;
      if (bytes >= PART_BYTES) {
        yield batch;
        batch = [];
        bytes = 0;
        await ownTurn();
      }
    }
    yield batch;
  });
}

function splitBody(asked: Asked, body: Buffer) {
  try {
    return splitItems(body, {
      maxItems: DEFAULT_LIST_BOUNDS.maxObjects,
      maxValues: MAX_VALUES,
    });
  } catch (error) {
    if (error instanceof TooManyValuesError) {
      throw malformed(asked, error.message, error);
    }
    throw error;
  }
}

/** Parses JSON, telling a body that broke off from one that is no JSON. */
export function parse(asked: Asked, body: Buffer): unknown {
  try {
    return parseLean(body);
  } catch (cause) {
    throw unreadable(asked, body, cause);
  }
}

function describe(
  asked: Asked,
  response: ClusterResponse,
  list: Envelope | null,
  batches: () => AsyncIterable<KubernetesObject[]>,
): ListBody {
  if (
    typeof list !== 'object' ||
    typeof list?.kind !== 'string' ||
    !list.kind.endsWith('List')
  ) {
    throw notKubernetes(asked, response);
  }
  // An empty list of some servers has `items: null`.
  if (list.items === null) {
    list.items = [];
  }
  // A list without any word of its objects says nothing, least of all that
  // there are none.
  if (!Array.isArray(list.items)) {
    throw malformed(asked, 'whose `items` is not an array');
  }
  const { metadata } = list;
  return {
    resourceVersion:
      opaqueText(asked, 'resourceVersion', {
        value: metadata?.resourceVersion,
        maxLength: MAX_OPAQUE_LENGTH,
      }) ?? null,
    continueToken: opaqueText(asked, 'continue', {
      value: metadata?.continue,
      maxLength: MAX_CONTINUE_LENGTH,
    }),
    remaining: countOrUnknown(metadata?.remainingItemCount),
    batches,
  };
}

/**
 * A text that only the cluster understands, nothing where there is none.
 *
 * @throws ClusterError `malformed` for what can be neither sent nor stored: to
 * go on without it would take part of a list for the whole
 */
function opaqueText(
  asked: Asked,
  field: string,
  { value, maxLength }: { value: unknown; maxLength: number },
): string | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (
    typeof value !== 'string' ||
    value.length > maxLength ||
    !/^[\x20-\x7e]+$/.test(value)
  ) {
    throw malformed(
      asked,
      `whose \`metadata.${field}\` is not a text of at most ${maxLength} printable characters`,
    );
  }
  return value;
}

/** An estimate only: one that no list can reach is none. */
function countOrUnknown(value: unknown): number | undefined {
  return Number.isInteger(value) &&
    (value as number) >= 0 &&
    (value as number) <= 1_000_000_000
    ? (value as number)
    : undefined;
}

function unreadable(asked: Asked, body: Buffer, cause?: unknown): ClusterError {
  if (!breaksOff(body, cause)) {
    return malformed(asked, 'that is not JSON', cause);
  }
  return new ClusterError({
    code: 'truncated',
    clusterName: asked.clusterName,
    message: `Cluster ${asked.clusterName}: the answer to ${asked.path} breaks off; nothing is concluded from the part that came, it is tried again at the next run`,
    cause,
  });
}

/**
 * Whether JSON went wrong at its very end, where what is missing would be.
 * Without an error of the parser it was the splitter that met the end.
 */
function breaksOff(body: Buffer, cause: unknown): boolean {
  if (!(cause instanceof SyntaxError)) {
    return true;
  }
  if (/end of JSON input|Unterminated/.test(cause.message)) {
    return true;
  }
  const position = /at position (\d+)/.exec(cause.message)?.[1];
  return (
    position !== undefined && Number(position) >= body.toString('utf8').length
  );
}

/** A list that contradicts itself or the rules of Kubernetes. */
export function malformed(
  asked: Pick<Asked, 'clusterName' | 'path'>,
  what: string,
  cause?: unknown,
): ClusterError {
  return new ClusterError({
    code: 'malformed',
    clusterName: asked.clusterName,
    message: `Cluster ${asked.clusterName} answers ${asked.path} with a list ${what}; look for a proxy or an aggregated API server that does not follow the rules of Kubernetes`,
    cause,
  });
}
