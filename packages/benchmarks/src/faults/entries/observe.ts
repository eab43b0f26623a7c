import type { World } from '../stage/World';
import { shownCluster, type ShownCluster } from '../state/shownCluster';

/**
 * Looks whether every one of some clusters is shown as it must be.
 *
 * @returns what was seen, for the first of them; `undefined` while one is not
 */
export async function allShown(
  world: World,
  clusters: readonly string[],
  tell: (cluster: ShownCluster) => string | undefined,
): Promise<string | undefined> {
  const [replica] = world.replicas;
  let first: string | undefined;
  for (const name of clusters) {
    const told = tell(await shownCluster(replica, name));
    if (!told) return undefined;
    first ??= told;
  }
  return `${
    clusters.length === 1 ? clusters[0] : `all ${clusters.length}`
  } ${first}`;
}

/** Tells a cluster whose circuit breaker is open, and why. */
export function unreachable({
  state,
  reasons,
}: ShownCluster): string | undefined {
  return state === 'unreachable'
    ? `shown as unreachable (${reasons[0].code})`
    : undefined;
}

/** Tells a collector whose last run ended with a code. */
export function problem(code: string) {
  return ({ coverage }: ShownCluster): string | undefined => {
    const found = coverage.filter(each => each.problem?.code === code);
    return found.length > 0
      ? `shown with "${code}" at ${found.length} collectors`
      : undefined;
  };
}

/** Counts rows of the ledger since an instant. */
export async function countRuns(
  { knex }: World,
  options: { since: number; where: string },
): Promise<number> {
  const [{ count }] = await knex('collect_runs')
    .where('started_at', '>', options.since)
    .whereRaw(options.where)
    .count({ count: '*' });
  return Number(count);
}
