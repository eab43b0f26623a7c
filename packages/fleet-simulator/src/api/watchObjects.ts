import type { ObjectSource } from '../store/ObjectSource';
import { negotiate } from './accept';
import { parseResourceVersion, selectorOf } from './listObjects';
import { isTrue } from './resourceRequest';
import type { StreamReply, TypedRequest } from './Reply';
import {
  OBJECT_REPRESENTATIONS,
  LIST_REPRESENTATIONS,
} from './representations';
import { expired, invalidListOptions } from './StatusError';
import { WatchEventWriter } from './WatchEventWriter';

/** What {@link watchObjects} needs beside the request. */
export interface WatchContext {
  source: ObjectSource;
  /** Epoch milliseconds. */
  now: () => number;
  /** Whether the emulated minor has streaming lists switched on. */
  streamingLists: boolean;
  /** Bookmarks that come without a change. */
  bookmarkIntervalMs: number;
}

/** A watch without `timeoutSeconds` ends after half an hour. */
const DEFAULT_TIMEOUT_SECONDS = 1_800;

/** How long before the end of a watch the last bookmark is sent. */
const FINAL_BOOKMARK_MS = 2_000;

/** Answers a watch: initial events, changes, bookmarks, and 410 as an event. */
export function watchObjects(
  request: TypedRequest,
  context: WatchContext,
): StreamReply {
  const { query, headers } = request;
  const { source } = context;
  const representation = negotiate(headers.accept, [
    ...OBJECT_REPRESENTATIONS,
    ...LIST_REPRESENTATIONS,
  ]);
  const filter = selectorOf(request);
  const initialEvents = wantsInitialEvents(query, context);
  const version = query.get('resourceVersion') || '0';
  const since = parseResourceVersion(version);
  const timeoutMs =
    1_000 * (Number(query.get('timeoutSeconds')) || DEFAULT_TIMEOUT_SECONDS);
  const bookmarks = isTrue(query.get('allowWatchBookmarks'));

  return {
    stream: response => {
      const writer = new WatchEventWriter(
        response,
        request,
        representation?.as,
        context.now,
      );
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      const fromNow = since === 0 || initialEvents === true;
      if (!fromNow && since < source.compactedRevision) {
        const { status } = expired(
          `too old resource version: ${since} (${source.compactedRevision})`,
        );
        writer.write('ERROR', status);
        response.end();
        return;
      }
      if (fromNow && initialEvents !== false) {
        for (const { object } of source.scan({
          resource: request.type,
          namespace: request.namespace,
        })) {
          if (!filter || filter(object)) writer.object('ADDED', object);
        }
        if (initialEvents && bookmarks) {
          writer.bookmark(source.revision, {
            'k8s.io/initial-events-end': 'true',
          });
        }
      } else if (!fromNow) {
        for (const change of source.changesSince(since)) {
          writer.change(change, filter);
        }
      }
      const stopListening = source.subscribe(change =>
        writer.change(change, filter),
      );
      const timers = [setTimeout(() => response.end(), timeoutMs)];
      if (bookmarks) {
        const mark = () => writer.bookmark(source.revision);
        timers.push(
          setInterval(mark, context.bookmarkIntervalMs),
          setTimeout(mark, Math.max(0, timeoutMs - FINAL_BOOKMARK_MS)),
        );
      }
      response.on('close', () => {
        stopListening();
        timers.forEach(timer => clearTimeout(timer));
      });
    },
  };
}

/** Undefined when the client leaves it to the server. */
function wantsInitialEvents(
  query: URLSearchParams,
  context: WatchContext,
): boolean | undefined {
  const text = query.get('sendInitialEvents');
  const match = query.get('resourceVersionMatch');
  if (text === null) {
    if (match) {
      throw invalidListOptions(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      );
    }
    return undefined;
  }
  if (match !== 'NotOlderThan') {
    throw invalidListOptions(
      'resourceVersionMatch',
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  if (!context.streamingLists) {
    throw invalidListOptions(
      'sendInitialEvents',
      'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
    );
  }
  return isTrue(text);
}

/** Whether a minor serves `sendInitialEvents` by default: 1.32 did, 1.33 did not, 1.34 does again. */
export function hasStreamingLists(minor: number): boolean {
  return minor === 32 || minor >= 34;
}
