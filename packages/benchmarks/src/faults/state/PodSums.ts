import { factsOf, type ObjectState } from './ObjectState';

/**
 * Pods, added up by the owner that the collector folds them into: that is how
 * they are stored.
 */
export class PodSums {
  private readonly sums = new Map<
    string,
    { namespace: string | null; name: string; pods: number; ready: number }
  >();

  /** Adds pods that have not finished. */
  add(pods: {
    namespace: string | null;
    /** Kind and name of what keeps them running. */
    owner: string;
    pods: number;
    ready: number;
  }): void {
    const { namespace, owner } = pods;
    const key = `${namespace}/${owner}`;
    const sum = this.sums.get(key) ?? {
      namespace,
      name: owner,
      pods: 0,
      ready: 0,
    };
    sum.pods += pods.pods;
    sum.ready += pods.ready;
    this.sums.set(key, sum);
  }

  states(): Map<string, ObjectState> {
    return new Map(
      [...this.sums].map(([key, { namespace, name, pods, ready }]) => [
        key,
        { namespace, name, facts: factsOf({ pods, ready }), weight: pods },
      ]),
    );
  }
}
