/**
 * A signal that fires with the caller's signal or after a deadline, whichever
 * comes first.
 *
 * @remarks
 * Written out because `AbortSignal.any` of Node 20 keeps every composed signal
 * alive as long as a long-lived source, and a collector composes one per
 * request.
 */
export function linkAbort(
  signal: AbortSignal,
  deadlineMs: number,
): {
  signal: AbortSignal;
  expired(): boolean;
  /** Fires at once, for a reason of its own. */
  abort(reason: Error): void;
  release(): void;
} {
  const controller = new AbortController();
  let expired = false;
  const follow = () => controller.abort(signal.reason);
  const timer = setTimeout(() => {
    expired = true;
    controller.abort();
  }, deadlineMs);
  if (signal.aborted) {
    follow();
  } else {
    signal.addEventListener('abort', follow, { once: true });
  }
  return {
    signal: controller.signal,
    expired: () => expired,
    abort: reason => controller.abort(reason),
    release() {
      clearTimeout(timer);
      signal.removeEventListener('abort', follow);
    },
  };
}
