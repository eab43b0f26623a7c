import { setTimeout as wait } from 'node:timers/promises';
import type { Knex } from 'knex';
import { percentile } from '../../report/percentile';
import { readNow } from '../stage/databaseClock';
import { COMPARED } from '../state/readTruth';

/** How often it looks. */
export const FRESHNESS_POLL_MS = 1_000;

/**
 * Looks again and again how old the newest complete lists are: of every
 * collector of the clusters that are watched.
 */
export class FreshnessProbe {
  private readonly ages: number[] = [];
  private missed = 0;
  private readonly stopped = new AbortController();
  private readonly watching: Promise<void>;

  constructor(
    private readonly options: { knex: Knex; clusters: readonly string[] },
  ) {
    this.watching = this.watch();
  }

  /**
   * @returns the age that 95 % of the looks did not exceed, in milliseconds
   *   (`NaN` when nobody was watched), and how often the database did not answer
   */
  async stop(): Promise<{ age: number; missed: number }> {
    this.stopped.abort();
    await this.watching;
    return {
      age: this.ages.length ? percentile(this.ages, 0.95) : NaN,
      missed: this.missed,
    };
  }

  private async watch(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.look().catch(() => {
        this.missed += 1;
      });
      await pause(FRESHNESS_POLL_MS, this.stopped.signal);
    }
  }

  private async look(): Promise<void> {
    const { knex, clusters } = this.options;
    const rows: Array<{ complete_at: unknown }> = await knex('collect_coverage')
      .join('clusters', 'clusters.id', 'collect_coverage.cluster_id')
      .where('clusters.active', true)
      .whereIn('clusters.name', clusters)
      .whereIn('collector', [...COMPARED])
      .whereNotNull('complete_at')
      .select('complete_at');
    const now = await readNow(knex);
    for (const row of rows) this.ages.push(now - Number(row.complete_at));
  }
}

/** Waits, but not beyond the abort. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
