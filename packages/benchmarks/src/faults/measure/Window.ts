import type { World } from '../stage/World';
import { CardLoad, type CardFigures } from './CardLoad';
import { FreshnessProbe } from './FreshnessProbe';

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
