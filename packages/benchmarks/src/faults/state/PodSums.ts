import { factsOf, type ObjectState } from './ObjectState';

/**
 * Pods, added up by the owner that the collector folds them into: that is how
 * they are stored.
 */
export class PodSums {
  private readonly sums = new Map<
    string,
    {
      namespace: string | null;
      name: string;
      pods: number;
      ready: number;
      restarts: number;
    }
  >();

  /** Adds pods that have not finished. */
  add(pods: {
    namespace: string | null;
    /** Kind and name of what keeps them running. */
    owner: string;
    pods: number;
    ready: number;
    restarts: number;
  }): void {
    const { namespace, owner: name } = pods;
    const key = `${namespace}/${name}`;
    const none = { namespace, name, pods: 0, ready: 0, restarts: 0 };
    const sum = this.sums.get(key) ?? none;
    sum.pods += pods.pods;
    sum.ready += pods.ready;
    sum.restarts += pods.restarts;
    this.sums.set(key, sum);
  }

  states(): Map<string, ObjectState> {
    return new Map(
      [...this.sums].map(([key, { namespace, name, ...counts }]) => [
        key,
        { namespace, name, facts: factsOf(counts), weight: counts.pods },
      ]),
    );
  }
}
