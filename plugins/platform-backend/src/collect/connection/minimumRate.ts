/** A body that comes more slowly than any network is. */
export class SlowBodyError extends Error {
  constructor(readonly bytesPerSecond: number) {
    super(`The body came with less than ${bytesPerSecond} bytes a second`);
    this.name = 'SlowBodyError';
  }
}

/**
 * Watches how fast a body comes, window by window, until it is stopped.
 *
 * @param options.tooSlow - called once, at the end of the first window in
 *   which too little came
 */
export function minimumRate(options: {
  bytesPerSecond: number;
  windowMs: number;
  tooSlow(error: SlowBodyError): void;
}): { count(bytes: number): void; stop(): void } {
  const { bytesPerSecond, windowMs, tooSlow } = options;
  const least = (bytesPerSecond * windowMs) / 1_000;
  let bytes = 0;
  let stopped = false;
  const timer = setInterval(() => {
    // After what has arrived meanwhile: this process may have been busy.
    setImmediate(() => {
      if (bytes < least && !stopped) {
        stop();
        tooSlow(new SlowBodyError(bytesPerSecond));
      }
      bytes = 0;
    });
  }, windowMs);
  function stop() {
    stopped = true;
    clearInterval(timer);
  }
  return {
    count(more) {
      bytes += more;
    },
    stop,
  };
}
