import { PerformanceObserver } from 'node:perf_hooks';

/** Only those of Roadbed: everything else is asked by the benchmarks. */
const OBSERVED_PATHS = '/api/platform/';

interface HttpDetail {
  req?: { url?: string };
}

/**
 * How long this process took over the requests it answered, from the head of a
 * request to the end of its answer, as Node itself measures it.
 */
export class RequestClock {
  private durations: number[] = [];
  private readonly observer = new PerformanceObserver(list => {
    for (const { name, detail, duration } of list.getEntries()) {
      const url = (detail as HttpDetail).req?.url ?? '';
      if (name === 'HttpRequest' && url.startsWith(OBSERVED_PATHS)) {
        this.durations.push(duration);
      }
    }
  });

  start(): void {
    this.observer.observe({ entryTypes: ['http'] });
  }

  /** Milliseconds, in the order in which the answers ended. */
  read(): number[] {
    return [...this.durations];
  }

  reset(): void {
    this.durations = [];
  }
}
