import type {
  KubernetesObject,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import { ClusterError } from '../ClusterError';
import { ExpiredListError, type ClusterReader } from './ClusterReader';
import { listAccept } from './listAccept';
import { malformed, readListBody, type ListBody } from './listBody';
import { clampPageLimit, nextPageLimit, PAGE_LIMITS } from './pageLimit';
import { readStatus } from './statusError';

/** Where a list stops although the server says that there is more. */
export interface ListBounds {
  maxPages: number;
  maxObjects: number;
}

/** Far beyond any cluster: Kubernetes is built for 150,000 pods in one. */
export const DEFAULT_LIST_BOUNDS: Readonly<ListBounds> = Object.freeze({
  maxPages: 10_000,
  maxObjects: 2_000_000,
});

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

/** One pass over the pages, the next one fetched while the last is written. */
async function* readAttempt(
  request: ListRequest,
  attempt: Attempt,
  seen: Seen,
): AsyncGenerator<ListEvent, void, void> {
  const { reader, path, bounds } = request;
  const { clusterName } = reader;
  const stop = new AbortController();
  const follow = () => stop.abort();
  request.signal.addEventListener('abort', follow, { once: true });
  if (request.signal.aborted) {
    follow();
  }

  const tokens = new Set<string>();
  const versions = new Set<string | null>();
  let objects = 0;
  let pages = 0;
  let current: Promise<Page> | undefined = fetchPage(request, attempt, stop);
  try {
    while (current) {
      const { list, limit }: Page = await current;
      pages++;
      request.onPage();
      versions.add(list.resourceVersion);
      seen.resourceVersion = list.resourceVersion ?? seen.resourceVersion;

      const { continueToken } = list;
      if (continueToken !== undefined && tokens.has(continueToken)) {
        throw malformed(
          { clusterName, path },
          'that continues where it has been',
        );
      }
      current = undefined;
      if (continueToken !== undefined) {
        tokens.add(continueToken);
        if (pages >= bounds.maxPages) {
          throw malformed(
            { clusterName, path },
            `that does not end after ${bounds.maxPages} pages`,
          );
        }
        current = fetchPage(request, { limit, continueToken }, stop);
        // Awaited above; until then a failure must not count as unhandled.
        current.catch(() => undefined);
      }

      for await (const batch of list.batches()) {
        objects += batch.length;
        if (objects > bounds.maxObjects) {
          throw malformed(
            { clusterName, path },
            `of more than ${bounds.maxObjects} objects`,
          );
        }
        const expected =
          list.remaining === undefined && continueToken !== undefined
            ? undefined
            : objects + (list.remaining ?? 0);
        yield { type: 'objects', objects: batch, expected };
      }
    }
  } finally {
    // Also reached when the reader of this generator stops early.
    stop.abort();
    request.signal.removeEventListener('abort', follow);
  }
  const [resourceVersion = null] = versions;
  if (versions.size > 1) {
    throw malformed(
      { clusterName, path },
      'whose pages are of different versions',
    );
  }
  if (resourceVersion === null && pages > 1) {
    throw malformed(
      { clusterName, path },
      'whose pages do not say their version',
    );
  }
  yield { type: 'complete', resourceVersion };
}

interface Page {
  list: ListBody;
  /** How many objects the next page should have. */
  limit: number;
}

async function fetchPage(
  request: ListRequest,
  attempt: Attempt,
  stop: AbortController,
): Promise<Page> {
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
      const list = readListBody(
        { ...asked, clusterName: reader.clusterName },
        response,
      );
      return { list, limit: nextPageLimit(limit, response.body.length) };
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
