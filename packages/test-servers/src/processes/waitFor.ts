import { setTimeout as sleep } from 'node:timers/promises';

/** How long {@link waitFor} waits, and for what. */
export interface WaitForOptions {
  /** What is awaited, for the message of the error: "3 ready nodes". */
  describe: string;
  /** @defaultValue 30 s */
  timeoutMs?: number;
  /** Time between two looks. @defaultValue 100 ms */
  intervalMs?: number;
  /** Ends the waiting before its time by throwing. */
  abortIf?: () => void;
}

/**
 * Polls until the condition gives something truthy, and returns that. A
 * condition that throws has not come true yet; its last error is the cause of
 * the error at the end.
 *
 * @throws Error when the time is over
 */
export async function waitFor<T>(
  condition: () => Promise<T> | T,
  options: WaitForOptions,
): Promise<NonNullable<Exclude<T, false>>> {
  const { describe, timeoutMs = 30_000, intervalMs = 100, abortIf } = options;
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    abortIf?.();
    try {
      const value = await condition();
      if (value) return value as NonNullable<Exclude<T, false>>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= deadline) {
      const last = cause ? `; the last look failed: ${cause}` : '';
      throw new Error(
        `Waited ${timeoutMs / 1000} s in vain for ${describe}${last}`,
        { cause },
      );
    }
    await sleep(intervalMs);
  }
}
