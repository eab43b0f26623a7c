import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type { ClusterDetail } from '@roadbed/backstage-plugin-platform-common';
import { useEffect, useState } from 'react';
import { platformApiRef } from '../api/platformApiRef';
import { retryAfterMs } from '../components/problems';

/** After this long a run that was asked for is not waited for any more. */
const WATCHED_MS = 5 * 60_000;

/** What is known of a collection that was asked for. */
export interface CollectNow {
  /** The request itself is on its way. */
  asking: boolean;
  /** Collectors that have run since, of those that were queued. */
  progress?: { done: number; queued: number; skipped: number };
  /** Collectors are still running. */
  running: boolean;
  error?: Error;
  /** Milliseconds since the epoch before which the server refuses. */
  retryAt?: number;
  start: () => void;
}

interface Asked {
  queued: number;
  skipped: number;
  until: number;
  /** The last attempt of each collector when collecting was asked for. */
  before: Map<string, string | null>;
}

const attemptsOf = (cluster: ClusterDetail | undefined) =>
  new Map(
    (cluster?.coverage ?? []).map(({ collector, lastAttemptAt }) => [
      collector,
      lastAttemptAt,
    ]),
  );

/**
 * Asks for a cluster to be collected now, and follows how far that has come.
 *
 * @remarks
 * Whether a collector has run since is told by comparing the server's own
 * instants with each other: the clocks of browser and server may differ.
 */
export function useCollectNow(options: {
  name: string;
  cluster: ClusterDetail | undefined;
  /** Called when the collectors are queued, to look at the cluster again. */
  onQueued: () => void;
}): CollectNow {
  const { name, cluster, onQueued } = options;
  const api = useApi(platformApiRef);
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [error, setError] = useState<Error>();
  const [retryAt, setRetryAt] = useState<number>();

  useEffect(() => {
    if (retryAt === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setRetryAt(undefined);
      setError(undefined);
    }, retryAt - Date.now());
    return () => clearTimeout(timer);
  }, [retryAt]);

  const start = async () => {
    const before = attemptsOf(cluster);
    setAsking(true);
    setError(undefined);
    setAsked(undefined);
    try {
      const { queued, skipped } = await api.collectCluster({ id: name });
      setAsked({ queued, skipped, before, until: Date.now() + WATCHED_MS });
      onQueued();
    } catch (cause) {
      const failure = toError(cause);
      const wait = retryAfterMs(failure);
      setError(failure);
      setRetryAt(wait === undefined ? undefined : Date.now() + wait);
    }
    setAsking(false);
  };

  const done = asked
    ? [...attemptsOf(cluster)].filter(
        ([collector, at]) => at !== (asked.before.get(collector) ?? null),
      ).length
    : 0;
  return {
    asking,
    progress: asked && {
      done: Math.min(done, asked.queued),
      queued: asked.queued,
      skipped: asked.skipped,
    },
    running: Boolean(asked && done < asked.queued && Date.now() < asked.until),
    error,
    retryAt,
    start: () => void start(),
  };
}
