import { useCallback, useEffect, useRef, useState } from 'react';

/** What is known of something that is asked for again and again. */
export interface Polled<T> {
  /** The last good answer; kept while a later attempt fails. */
  data?: T;
  /** When `data` arrived, in milliseconds since the epoch. */
  loadedAt?: number;
  /** Why the last attempt failed; gone after the next good answer. */
  error?: Error;
  /** `true` while `data` belongs to an earlier key, or there is none yet. */
  pending: boolean;
  /** Asks again at once. */
  refresh: () => void;
}

/** Options of {@link usePolled}. */
export interface UsePolledOptions<T> {
  /** What is asked; a new key asks at once. */
  key: string;
  /** `signal` tells that nobody waits for the answer any more. */
  load: (signal: AbortSignal) => Promise<T>;
  /** Milliseconds until the next attempt, given the last good answer. */
  intervalMs: (data: T | undefined) => number;
  /** Keep showing the answer of the earlier key until the new one is there. */
  keepPrevious?: boolean;
}

interface State<T> {
  key: string;
  data?: T;
  dataKey?: string;
  loadedAt?: number;
  error?: Error;
}

/**
 * Asks now and then at an interval, and keeps the last good answer when a
 * later attempt fails.
 *
 * @remarks
 * A hidden tab does not ask; it does so once when it is looked at again. A
 * question that a newer one has overtaken is given up.
 */
export function usePolled<T>(options: UsePolledOptions<T>): Polled<T> {
  const { key, keepPrevious = false } = options;
  const latest = useRef(options);
  latest.current = options;
  const [state, setState] = useState<State<T>>({ key });
  const [round, setRound] = useState(0);
  const refresh = useCallback(() => setRound(n => n + 1), []);

  useEffect(() => {
    const given = new AbortController();
    const { signal } = given;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last: T | undefined;

    const attempt = async () => {
      try {
        last = await latest.current.load(signal);
        if (signal.aborted) return;
        setState({ key, data: last, dataKey: key, loadedAt: Date.now() });
      } catch (cause) {
        if (signal.aborted) return;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        setState(previous => ({ ...previous, key, error }));
      }
      timer = setTimeout(() => {
        if (document.visibilityState === 'hidden') {
          document.addEventListener('visibilitychange', attempt, {
            once: true,
          });
        } else {
          void attempt();
        }
      }, latest.current.intervalMs(last));
    };
    void attempt();

    return () => {
      given.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', attempt);
    };
  }, [key, round]);

  const current = state.dataKey === key;
  const visible = current || keepPrevious;
  return {
    data: visible ? state.data : undefined,
    loadedAt: visible ? state.loadedAt : undefined,
    error: state.key === key ? state.error : undefined,
    pending: !current,
    refresh,
  };
}
