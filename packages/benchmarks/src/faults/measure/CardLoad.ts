import type { BackendProcess } from '../../processes/startBackend';
import { percentile } from '../../report/percentile';

/** The card of the service that runs in every cluster. */
const CARD = '/api/platform/fleet/by-entity/component/default/service-0001';
/** Between two requests: they do not wait for each other, as viewers do not. */
const INTERVAL_MS = 80;

/** How cards were answered over a while; milliseconds. */
export interface CardFigures {
  /** Of each that was answered with 200. */
  ms: readonly number[];
  p50: number;
  p99: number;
  /** Statuses and errors of those that were not answered with 200, with counts. */
  failures: ReadonlyMap<string, number>;
}

/** Looks at an entity's card again and again, on every replica in turn. */
export class CardLoad {
  private readonly ms: number[] = [];
  private readonly failures = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private readonly turns: number;
  private asked = 0;

  /** @param replicas - those that can answer; looked at before each request */
  constructor(private readonly replicas: () => readonly BackendProcess[]) {
    this.turns = replicas().length;
    this.timer = setInterval(() => this.ask(), INTERVAL_MS);
  }

  /** Stops, and waits for the answers that are still to come. */
  async stop(): Promise<CardFigures> {
    clearInterval(this.timer);
    await Promise.all(this.underWay);
    return {
      ms: this.ms,
      p50: this.ms.length ? percentile(this.ms, 0.5) : NaN,
      p99: this.ms.length ? percentile(this.ms, 0.99) : NaN,
      failures: this.failures,
    };
  }

  private ask(): void {
    // The turns of one that is away are left out: the others get no more.
    const replica = this.replicas().at(this.asked++ % this.turns);
    if (!replica) return;
    const request = this.look(replica).finally(() =>
      this.underWay.delete(request),
    );
    this.underWay.add(request);
  }

  private async look(replica: BackendProcess): Promise<void> {
    try {
      const { status, ms } = await replica.get(CARD);
      if (status === 200) this.ms.push(ms);
      else this.failed(String(status));
    } catch (error) {
      // A replica that is killed takes the requests that it has with it.
      if (this.replicas().includes(replica)) {
        this.failed((error as Error).message);
      }
    }
  }

  private failed(how: string): void {
    this.failures.set(how, (this.failures.get(how) ?? 0) + 1);
  }
}
