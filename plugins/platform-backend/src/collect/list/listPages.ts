import type {
  KubernetesObject,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import type { ListBounds } from '../bounds';
import { ClusterError } from '../ClusterError';
import { ownTurn } from '../eventLoop';
import { ExpiredListError, type ClusterReader } from './ClusterReader';
import type { ClusterResponse } from '../ClusterConnection';
import { listAccept } from './listAccept';
import {
  isLargeBody,
  malformed,
  readListBody,
  type ListBody,
} from './listBody';
import { ListGuard } from './ListGuard';
import { clampPageLimit, nextPageLimit, PAGE_LIMITS } from './pageLimit';
import { readStatus, type Asked } from './statusError';

/** What a list tells, in this order: objects, restarts, at last `complete`. */
export type ListEvent =
  /** Begins again: what came before is not part of the list that follows. */
  | { type: 'restart' }
  /** Objects of one page or of a part of it. */
  | {
      type: 'objects';
      objects: KubernetesObject[];
      /** Objects that the list will have, as far as the server guesses. */
      expected: number | undefined;
    }
  /** Everything was named, at this one version. The last event of a list. */
  | { type: 'complete'; resourceVersion: string | null };

interface ListRequest {
  reader: ClusterReader;
  collector: ListCollector;
  path: string;
  signal: AbortSignal;
  bounds: ListBounds;
  /** Called for each page that was read, for the ledger. */
  onPage(): void;
}

interface Attempt {
  limit: number;
  /** Begin here instead of at the front. */
  continueToken?: string;
  /** One unpaginated read from the cache of the server, not older than this. */
  unpaginatedSince?: string;
}

/** The newest version any page had, to never read an older one after it. */
interface Seen {
  resourceVersion?: string;
}

/**
 * Lists one resource by the rules of Kubernetes.
 *
 * @remarks
 * A list is complete when its last page has no `continue` and every page had
 * the same resourceVersion. A server that has compacted that version away
 * answers 410: then the list is begun again once, with pages twice as large,
 * and after a second 410 it is read in one piece from the server's cache, no
 * older than what was seen already. Where even that fails, the token of the
 * 410 still leads through the rest of the objects, at another version: they
 * are told, and the list ends with the 410 all the same.
 *
 * @throws ClusterError when it is not complete, after whatever objects it told
 */
export async function* listPages(
  request: ListRequest,
): AsyncGenerator<ListEvent, void, void> {
  const limit = clampPageLimit(request.collector.pageSize ?? PAGE_LIMITS.start);
  const seen: Seen = {};

  let expired = yield* untilExpired(request, { limit }, seen);
  if (!expired) {
    return;
  }
  yield { type: 'restart' };
  const second = { limit: clampPageLimit(limit * 2) };
  expired = yield* untilExpired(request, second, seen);
  if (!expired) {
    return;
  }
  yield { type: 'restart' };
  const unpaginatedSince = seen.resourceVersion ?? '0';
  try {
    yield* readAttempt(request, { limit, unpaginatedSince }, seen);
  } catch (error) {
    const { continueToken } = readStatus(expired.response);
    if (!(error instanceof ClusterError) || !continueToken) {
      throw error;
    }
    for await (const event of readAttempt(
      request,
      { limit, continueToken },
      seen,
    )) {
      if (event.type === 'objects') {
        yield event;
      }
    }
    throw expired;
  }
}

/** Reads from the front; gives a 410 back instead of throwing it. */
async function* untilExpired(
  request: ListRequest,
  attempt: Attempt,
  seen: Seen,
): AsyncGenerator<ListEvent, ExpiredListError | undefined, void> {
  try {
    yield* readAttempt(request, attempt, seen);
    return undefined;
  } catch (error) {
    if (error instanceof ExpiredListError) {
      return error;
    }
    throw error;
  }
}

/**
 * One pass over the pages, the next one fetched while the last is written;
 * after a large one only then, since two of them need not be held at a time.
 */
async function* readAttempt(
  request: ListRequest,
  attempt: Attempt,
  seen: Seen,
): AsyncGenerator<ListEvent, void, void> {
  const { clusterName } = request.reader;
  const asked = { clusterName, path: request.path };
  const guard = new ListGuard({ ...asked, bounds: request.bounds });
  const stop = new AbortController();
  const follow = () => stop.abort();
  request.signal.addEventListener('abort', follow, { once: true });
  if (request.signal.aborted) {
    follow();
  }

  const versions = new Set<string | null>();
  let pages = 0;
  let current: Promise<Fetched> | undefined = fetchPage(request, attempt, stop);
  try {
    while (current) {
      const fetched: Fetched = await current;
      // Not before it is wanted: what a page becomes is many times larger than
      // its bytes, and dearer to clear away the longer it lives.
      await ownTurn();
      const page = readPage({ ...asked, verb: 'list' }, fetched);
      const { list } = page;
      const { continueToken } = list;
      pages++;
      request.onPage();
      versions.add(list.resourceVersion);
      seen.resourceVersion = list.resourceVersion ?? seen.resourceVersion;
      current = undefined;
      try {
        guard.page({ bodyBytes: page.bodyBytes, continueToken });
        if (continueToken !== undefined && !page.large) {
          current = fetchPage(
            request,
            { limit: page.limit, continueToken },
            stop,
          );
          // Awaited above; until then a failure must not count as unhandled.
          current.catch(() => undefined);
        }
        for await (const batch of list.batches()) {
          const objects = guard.add(batch.length);
          const expected =
            list.remaining === undefined && continueToken !== undefined
              ? undefined
              : objects + (list.remaining ?? 0);
          yield { type: 'objects', objects: batch, expected };
        }
      } finally {
        page.release();
      }
      if (continueToken !== undefined && page.large) {
        current = fetchPage(
          request,
          { limit: page.limit, continueToken },
          stop,
        );
      }
    }
  } finally {
    // Also reached when the reader of this generator stops early.
    stop.abort();
    current?.then(
      ({ response }) => response.release?.(),
      () => undefined,
    );
    request.signal.removeEventListener('abort', follow);
  }
  const [resourceVersion = null] = versions;
  if (versions.size > 1) {
    throw malformed(asked, 'whose pages are of different versions');
  }
  if (resourceVersion === null && pages > 1) {
    throw malformed(asked, 'whose pages do not say their version');
  }
  yield { type: 'complete', resourceVersion };
}

/** A page as it came. */
interface Fetched {
  response: ClusterResponse;
  /** How many objects it was asked for. */
  limit: number;
}

interface Page {
  list: ListBody;
  bodyBytes: number;
  /** So large that it becomes objects in parts. */
  large: boolean;
  /** How many objects the next page should have. */
  limit: number;
  /** The body is not used any more. */
  release(): void;
}

async function fetchPage(
  request: ListRequest,
  attempt: Attempt,
  stop: AbortController,
): Promise<Fetched> {
  const { reader, collector, path } = request;
  const { continueToken, unpaginatedSince } = attempt;
  const asked = { path, resource: collector.resource, verb: 'list' as const };
  let { limit } = attempt;
  for (;;) {
    try {
      const response = await reader.get(asked, {
        accept: listAccept(collector.body),
        signal: stop.signal,
        query:
          unpaginatedSince === undefined
            ? {
                limit: String(limit),
                ...(continueToken !== undefined && { continue: continueToken }),
              }
            : { resourceVersion: unpaginatedSince },
      });
      return { response, limit };
    } catch (error) {
      const smaller = clampPageLimit(limit / 4);
      const retriable =
        error instanceof ClusterError &&
        error.code === 'too_large' &&
        unpaginatedSince === undefined &&
        smaller < limit;
      if (!retriable) {
        throw error;
      }
      limit = smaller;
    }
  }
}

function readPage(asked: Asked, { response, limit }: Fetched): Page {
  const release = () => response.release?.();
  try {
    return {
      list: readListBody(asked, response),
      bodyBytes: response.body.length,
      large: isLargeBody(response.body),
      limit: nextPageLimit(limit, response.body.length),
      release,
    };
  } catch (error) {
    release();
    throw error;
  }
}
