import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Fleet } from './Fleet';

/** How old a picture may get before it is read again. */
const MAX_AGE_MS = 60_000;

/**
 * The last picture of the fleet that this process has read, for processors,
 * which are asked about thousands of entities and must not wait.
 */
export class FleetWatch {
  #picture: Fleet | undefined;
  #triedAt = -Infinity;
  #running: Promise<Fleet> | undefined;

  constructor(
    private readonly options: {
      read(signal: AbortSignal): Promise<Fleet>;
      logger: LoggerService;
      now?: () => number;
    },
  ) {}

  /** Reads the fleet now. @throws what the reader throws; the last picture stays */
  async read(signal: AbortSignal): Promise<Fleet> {
    this.#triedAt = this.#now();
    this.#picture = await this.options.read(signal);
    return this.#picture;
  }

  /**
   * The last picture, at once; an old one is replaced in the background. Only
   * the very first one is waited for.
   *
   * @returns `undefined` as long as none could be read
   */
  async current(): Promise<Fleet | undefined> {
    if (!this.#running && this.#now() - this.#triedAt > MAX_AGE_MS) {
      this.#running = this.read(AbortSignal.timeout(MAX_AGE_MS)).finally(() => {
        this.#running = undefined;
      });
      this.#running.catch(error =>
        this.options.logger.warn(
          'What runs on the clusters could not be read; relations stay as they are',
          error,
        ),
      );
    }
    if (this.#picture || !this.#running) return this.#picture;
    return await this.#running.catch(() => undefined);
  }

  #now(): number {
    return (this.options.now ?? Date.now)();
  }
}
