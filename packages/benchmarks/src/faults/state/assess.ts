import { JOB_BUDGET_MS } from '../stage/pace';
import { compareObjects, type Sight } from './compareObjects';
import { NO_OBJECTS, type TrueCluster } from './ObjectState';
import type { StoredCluster, StoredCollector } from './readStored';

/** The truth before and after the newest change. */
export interface Truths {
  before: ReadonlyMap<string, TrueCluster>;
  now: ReadonlyMap<string, TrueCluster>;
  /** Epoch milliseconds of the database's clock, when it had changed. */
  changedAt: number;
}

/** What comparing everything came to. Texts name cluster, collector and object. */
export interface Assessment {
  compared: number;
  lost: string[];
  resurrected: string[];
  /** Collectors of clusters that look newer than they are, and why. */
  wronglyFresh: string[];
}

/** What the API says of a collector of a cluster. */
export interface ShownCoverage {
  collector: string;
  /** `collected` when it is said to be current. */
  state: string;
  /** ISO instant; `null` before the first complete list. */
  asOf: string | null;
  cadenceSeconds: number;
}

/** Longest that a reader may be told that data is current, beside its cadence. */
const GRACE_MS = 60_000;
/** Between the question and the answers. */
const CLOCK_MS = 60_000;
/** No run takes longer: what is complete later than this after a change has seen it. */
const LONGEST_RUN_MS = JOB_BUDGET_MS;

/**
 * Compares what is stored and shown with what is true.
 *
 * @param options.shown - as it was served before `stored` was read
 * @param options.shownAt - epoch milliseconds
 */
export function assess(options: {
  truths: Truths;
  stored: ReadonlyMap<string, StoredCluster>;
  shown: ReadonlyMap<string, readonly ShownCoverage[]>;
  shownAt: number;
}): Assessment {
  const { truths, stored, shown, shownAt } = options;
  const result: Assessment = {
    compared: 0,
    lost: [],
    resurrected: [],
    wronglyFresh: [],
  };
  for (const [cluster, now] of truths.now) {
    const before = truths.before.get(cluster);
    for (const [collector, objects] of now.objects) {
      const place = `${cluster} ${collector}`;
      const here = stored.get(cluster)?.get(collector);
      const sight = sightOf(here, now);
      const differences = compareObjects({
        stored: here?.objects ?? NO_OBJECTS,
        before: before?.objects.get(collector) ?? NO_OBJECTS,
        now: objects,
        sight,
      });
      const at = (text: string) => `${place} ${text}`;
      result.compared += differences.compared;
      result.lost.push(...differences.lost.map(at));
      result.resurrected.push(...differences.resurrected.map(at));
      result.wronglyFresh.push(...differences.wrong.map(at));
      const claim = shown
        .get(cluster)
        ?.find(each => each.collector === collector);
      const lie =
        claim &&
        falseClaim(claim, { sight, shownAt, changedAt: truths.changedAt });
      if (lie) result.wronglyFresh.push(at(lie));
    }
  }
  return result;
}

/** Adds up what was found in several comparisons. */
export function together(assessments: readonly Assessment[]): Assessment {
  return {
    compared: assessments.reduce((sum, { compared }) => sum + compared, 0),
    lost: assessments.flatMap(({ lost }) => lost),
    resurrected: assessments.flatMap(({ resurrected }) => resurrected),
    wronglyFresh: assessments.flatMap(({ wronglyFresh }) => wronglyFresh),
  };
}

/** What the last complete list has seen of the newest change. */
function sightOf(
  here: StoredCollector | undefined,
  { revision }: TrueCluster,
): Sight {
  if (!here || here.completeAt === null) return 'never';
  return here.revision >= revision ? 'all' : 'nothing';
}

/** What is wrong with what a reader is told about the age of data. */
function falseClaim(
  claim: ShownCoverage,
  facts: { sight: Sight; shownAt: number; changedAt: number },
): string | undefined {
  if (claim.state !== 'collected' || claim.asOf === null) return undefined;
  const { sight, shownAt, changedAt } = facts;
  const asOf = Date.parse(claim.asOf);
  if (sight !== 'all' && asOf > changedAt + LONGEST_RUN_MS) {
    return `is shown as of ${claim.asOf}, but its list is older than that`;
  }
  if (asOf > shownAt + CLOCK_MS) {
    return `is shown as of ${claim.asOf}, which is yet to come`;
  }
  const allowed = 2 * claim.cadenceSeconds * 1_000 + GRACE_MS;
  return shownAt - asOf > allowed
    ? `is shown as current although it is of ${claim.asOf}`
    : undefined;
}
