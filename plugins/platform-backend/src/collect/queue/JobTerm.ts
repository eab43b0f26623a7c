import type { Lease } from '../lease';
import { LeaseLostError } from '../lease';

/** Why a term ended early. */
export type TermEnd = 'budget' | 'shutdown' | 'lease_lost';

/** How long work may go on after the abort before it is left alone. */
const GRACE_MS = 10_000;

/**
 * The time in which one job may run: its lease is renewed until the term ends,
 * and the term ends early with the job's budget, the lease or the process.
 */
export class JobTerm {
  private readonly controller = new AbortController();
  private readonly timers: NodeJS.Timeout[];
  private ending: TermEnd | undefined;

  constructor(
    private readonly options: {
      lease: Lease;
      shutdown: AbortSignal;
      budgetMs: number;
      renewMs: number;
      /** @returns whether the lease is still held; must not throw */
      renew(): Promise<boolean>;
      graceMs?: number;
    },
  ) {
    const { shutdown, budgetMs, renewMs } = options;
    this.timers = [
      setTimeout(() => this.abort('budget'), budgetMs),
      setInterval(() => this.renew(), renewMs),
    ];
    shutdown.addEventListener('abort', this.onShutdown);
    if (shutdown.aborted) {
      this.onShutdown();
    }
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Why the signal aborted; `undefined` while it has not. */
  get endedBy(): TermEnd | undefined {
    return this.ending;
  }

  /**
   * Begins work unless the signal has aborted, and waits for it, but not for
   * long after an abort: work that does not listen must not keep its slot.
   *
   * @throws the reason of the abort
   */
  async within<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this;
    signal.throwIfAborted();
    let stop: () => void = () => {};
    const overrun = new Promise<never>((_resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const onAbort = () => {
        timer = setTimeout(
          () => reject(signal.reason),
          this.options.graceMs ?? GRACE_MS,
        );
      };
      stop = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
      signal.addEventListener('abort', onAbort);
    });
    try {
      return await Promise.race([work(), overrun]);
    } finally {
      stop();
    }
  }

  /** The job is over: nothing is renewed or aborted any more. */
  end(): void {
    this.timers.forEach(clearTimeout);
    this.options.shutdown.removeEventListener('abort', this.onShutdown);
  }

  private readonly onShutdown = () => this.abort('shutdown');

  private abort(by: TermEnd) {
    if (this.ending) {
      return;
    }
    this.ending = by;
    const { lease, budgetMs } = this.options;
    const what = `${lease.collector} of cluster ${lease.clusterName}`;
    this.controller.abort(
      {
        budget: new Error(
          `Collecting ${what} took longer than its ${budgetMs / 1000} s`,
        ),
        shutdown: new Error(`Collecting ${what} was aborted by a shutdown`),
        lease_lost: new LeaseLostError(lease),
      }[by],
    );
  }

  private async renew() {
    if (!(await this.options.renew())) {
      this.abort('lease_lost');
    }
  }
}
