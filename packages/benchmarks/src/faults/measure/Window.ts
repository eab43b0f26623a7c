import { setTimeout as wait } from 'node:timers/promises';
import { collected } from '../stage/collected';
import { CADENCE_MS } from '../stage/pace';
import type { World } from '../stage/World';
import { CardLoad, type CardFigures } from './CardLoad';
import { FreshnessProbe } from './FreshnessProbe';

/** How long readers are watched at least: every collector runs once in it. */
export const WINDOW_MS = 1.2 * CADENCE_MS;

/** What readers got over a while. */
export interface WindowFigures {
  card: CardFigures;
  /** 95 % of the lists were newer than this; milliseconds. */
  age: number;
  /** Looks at the database that it did not answer. */
  missed: number;
}

/** Measures what readers get while something goes on. */
export class Window {
  private readonly card: CardLoad;
  private readonly freshness: FreshnessProbe;

  /** @param clusters - whose freshness counts */
  constructor(world: World, clusters: readonly string[]) {
    this.card = new CardLoad(() => world.replicas);
    this.freshness = new FreshnessProbe({ knex: world.knex, clusters });
  }

  async close(): Promise<WindowFigures> {
    const [card, freshness] = await Promise.all([
      this.card.stop(),
      this.freshness.stop(),
    ]);
    return { card, ...freshness };
  }
}

const SETTLE_MS = 180_000;

/** What readers get from a fleet that moves while nothing is wrong. */
export async function quietWindow(world: World): Promise<WindowFigures> {
  const { clusters } = world;
  const window = new Window(world, clusters);
  await world.change();
  await wait(WINDOW_MS);
  const figures = await window.close();
  const since = world.truths.changedAt;
  await collected(world, { clusters, since, timeoutMs: SETTLE_MS });
  return figures;
}
