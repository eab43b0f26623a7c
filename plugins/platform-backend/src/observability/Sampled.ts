import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as sleep } from 'node:timers/promises';

/** A scrape does not wait longer than this for the database. */
const PATIENCE_MS = 2_000;

/** The latest reading, and how old it is. */
export interface Reading<T> {
  value: T;
  ageMs: number;
}

/**
 * A reading that several gauges share, so that a scrape reads once, and
 * nobody reads when nobody scrapes.
 *
 * @remarks
 * When it can not be read again in time, the latest reading stays, with its
 * age: gauges that are told nothing keep their last value in the SDK anyway,
 * and would do so without saying since when.
 */
export class Sampled<T> {
  #latest: { value: T; at: number } | undefined;
  #reading: Promise<void> | undefined;
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

  /** `undefined` until it could be read for the first time. */
  async get(): Promise<Reading<T> | undefined> {
    const latest = this.#age();
    if (latest && latest.ageMs < this.options.maxAgeMs) return latest;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await Promise.race([
      this.#reading,
      sleep(PATIENCE_MS, undefined, { ref: false }),
    ]);
    return this.#age();
  }

  #age(): Reading<T> | undefined {
    if (!this.#latest) return undefined;
    const { value, at } = this.#latest;
    return { value, ageMs: performance.now() - at };
  }

  async #read(): Promise<void> {
    const { read, what, logger } = this.options;
    const at = performance.now();
    try {
      this.#latest = { value: await read(), at };
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) {
        this.#failing = true;
        logger.warn(
          `The metrics about ${what} keep their last values until they can be read`,
          error as Error,
        );
      }
    }
  }
}
