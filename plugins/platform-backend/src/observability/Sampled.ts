import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as sleep } from 'node:timers/promises';

/** A scrape does not wait longer than this for the database. */
const PATIENCE_MS = 2_000;

/**
 * A reading that several gauges share, so that a scrape reads once, and
 * nobody reads when nobody scrapes.
 *
 * @remarks
 * A reading that fails or takes too long is no reading: the gauges show a gap
 * then, because a figure that is not known is not zero.
 */
export class Sampled<T> {
  #latest: { value: T; at: number } | undefined;
  #reading: Promise<T | undefined> | undefined;
  #failing = false;

  constructor(
    private readonly options: {
      read(): Promise<T>;
      /** What is read, for the log. */
      what: string;
      /** How long one reading serves, in milliseconds. */
      maxAgeMs: number;
      logger: LoggerService;
    },
  ) {}

  async get(): Promise<T | undefined> {
    const latest = this.#latest;
    if (latest && performance.now() - latest.at < this.options.maxAgeMs) {
      return latest.value;
    }
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return Promise.race([
      this.#reading,
      sleep(PATIENCE_MS, undefined, { ref: false }),
    ]);
  }

  async #read(): Promise<T | undefined> {
    const { read, what, logger } = this.options;
    try {
      const value = await read();
      this.#latest = { value, at: performance.now() };
      this.#failing = false;
      return value;
    } catch (error) {
      if (!this.#failing) {
        this.#failing = true;
        logger.warn(
          `The metrics about ${what} are left out until they can be read`,
          error as Error,
        );
      }
      return undefined;
    }
  }
}
