import type { StageName } from './stage/stages';
import type { World } from './stage/World';

/** A fault that was switched on. */
export interface Strike {
  /**
   * Looks for what the fault must show; asked again until it tells.
   *
   * @returns what was seen, in words; `undefined` while there is nothing yet
   */
  seen(): Promise<string | undefined>;
  /** Ends the fault. */
  heal(): Promise<void>;
  /** What must be seen when everything has recovered; asked until it tells. */
  recovered?(): Promise<string | undefined>;
}

/** One way in which things go wrong. */
export interface Fault {
  /** What `--only` selects. */
  name: string;
  stage: StageName;
  /** What is done, in words. */
  does: string;
  /**
   * The clusters whose collection it hurts: they may be as old as it is. All
   * others must not notice. `all` where there are no others.
   */
  struck(clusters: readonly string[]): readonly string[] | 'all';
  /** The fleet is changed by the fault itself, or before it. */
  movesFleet?: true;
  /** When readers are watched: while it goes on, unless it is the recovery that may hurt. */
  measured?: 'recovery';
  /** Statuses beside 200 that readers may get while it goes on. */
  allowedAnswers?: readonly string[];
  strike(world: World, struck: readonly string[]): Promise<Strike>;
}

/** Every so many clusters, at least one, beginning with the second. */
export function spread(
  clusters: readonly string[],
  fraction: number,
): string[] {
  const count = Math.max(1, Math.round(clusters.length * fraction));
  const step = Math.floor(clusters.length / count);
  return Array.from(
    { length: count },
    (_, index) => clusters[(index * step + 1) % clusters.length],
  );
}
