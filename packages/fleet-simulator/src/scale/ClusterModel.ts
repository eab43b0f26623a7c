import { between, lettersFrom, mix, share, uidFrom } from './hashing';
import { FirstWorkloads } from './FirstWorkloads';
import { SERVICES, serviceName, type ScalePlan } from './planFleet';
import { Rounds, type Change } from './Rounds';
import { liveOn, MAX_PODS, newWorkload, type Workload } from './Workload';

/** How a pod is doing. */
export type PodCondition =
  | 'Running'
  | 'CrashLoopBackOff'
  | 'ImagePullBackOff'
  | 'Pending';

const HOUR = 3_600_000;

/** Revisions in a round for a workload, its ReplicaSet and its pods. */
const SLOTS_PER_WORKLOAD = MAX_PODS + 2;

/**
 * The content of a generated cluster as numbers: which workloads and pods
 * there are after a round, and how they are doing. Nothing is kept of them.
 */
export class ClusterModel {
  readonly plan: ScalePlan;
  readonly rounds: Rounds;
  private readonly first: FirstWorkloads;

  constructor(
    private readonly options: {
      plan: ScalePlan;
      /** When the cluster was populated, epoch milliseconds. */
      bornAt: number;
      now: () => number;
      takeRevisions: (count: number) => number;
    },
  ) {
    const { plan, now, takeRevisions } = options;
    this.plan = plan;
    this.first = new FirstWorkloads(plan);
    this.rounds = new Rounds({
      seed: plan.seed,
      workloads: plan.workloads,
      namespaces: plan.namespaces,
      now,
      takeRevisions,
      slots: workloads => this.slotOf(workloads),
    });
  }

  /** Everything changes a little. */
  change(change: Change): void {
    this.rounds.add(change);
  }

  /** `ns-0001` of 0; the names are in the order of the numbers. */
  namespaceName(index: number): string {
    return `ns-${numbered(index, this.plan.namespaces)}`;
  }

  /** `c-0001-node-0001` of 0; the names are in the order of the numbers. */
  nodeName(index: number): string {
    return `${this.plan.name}-node-${numbered(index, this.plan.nodes)}`;
  }

  /** The round that made a namespace as it is after another. */
  namespaceBorn(namespace: number, round: number): number {
    for (let index = round; index > 0; index--) {
      if (this.rounds.at(index).recreated === namespace) return index;
    }
    return 0;
  }

  /** The workloads of a namespace after a round, in no order. */
  workloadsIn(namespace: number, round: number): Workload[] {
    const found: Workload[] = [];
    for (const workload of this.first.in(namespace)) {
      if (this.live(workload, 0, round)) found.push(workload);
    }
    for (let born = 1; born <= round; born++) {
      for (const ordinal of this.rounds.at(born).created.get(namespace) ?? []) {
        const workload = this.created(ordinal, namespace, born);
        if (this.live(workload, born, round)) found.push(workload);
      }
    }
    return found;
  }

  /** How the pod of an index is doing. */
  podCondition(workload: Workload, index: number): PodCondition {
    const luck = share(
      this.plan.seed ^ 0x90d,
      workload.ordinal * 64 + workload.pods[index],
      index,
    );
    if (luck < 0.01) return 'CrashLoopBackOff';
    if (luck < 0.015) return 'ImagePullBackOff';
    return luck < 0.02 ? 'Pending' : 'Running';
  }

  /** How many pods of a workload are ready. */
  readyPods(workload: Workload): number {
    let ready = 0;
    for (let index = 0; index < workload.pods.length; index++) {
      if (this.podCondition(workload, index) === 'Running') ready += 1;
    }
    return ready;
  }

  /** Restarts of a pod up to a round, and the round that last changed it. */
  podHistory(
    workload: Workload,
    index: number,
    round: number,
  ): { restarts: number; changed: number } {
    const failing = this.podCondition(workload, index) === 'CrashLoopBackOff';
    let restarts = failing ? 7 : 0;
    let changed = workload.pods[index];
    for (let later = changed + 1; later <= round; later++) {
      const { salt, fraction } = this.rounds.at(later);
      // The other half of the pods that differ are those of new releases.
      if (share(~salt, workload.ordinal, index) < fraction / 2) {
        restarts += 1;
        changed = later;
      }
    }
    return { restarts, changed };
  }

  /** Epoch milliseconds of a round for one of its objects: things of the beginning are of different age. */
  timeOf(round: number, ordinal: number, maxHours = 9_000): number {
    if (round > 0) return this.rounds.at(round).at;
    const hours = between([1, maxHours], this.plan.seed ^ 0xa9e, ordinal);
    return this.options.bornAt - hours * HOUR;
  }

  /** A uid of one of many things that have the same numbers. */
  uid(what: number, ordinal: number, detail = 0): string {
    return uidFrom(this.plan.seed ^ what, ordinal, detail);
  }

  /** The `pod-template-hash` of a workload. */
  templateHash({ ordinal, rolled }: Workload): string {
    const seed = this.plan.seed ^ 0x7e3;
    return lettersFrom(
      10,
      mix(seed, ordinal, rolled),
      mix(~seed, ordinal, rolled),
    );
  }

  /** `resourceVersion` of a node, which never changes. */
  nodeRevision(index: number): number {
    return this.rounds.at(0).first + index;
  }

  namespaceRevision(index: number, round: number): number {
    return this.rounds.at(round).first + this.plan.nodes + index;
  }

  /** `resourceVersion` of a workload, of its pod of an index, or with -2 of its ReplicaSet. */
  revision(ordinal: number, round: number, pod = -1): number {
    const within = pod === -2 ? SLOTS_PER_WORKLOAD - 1 : pod + 1;
    return this.rounds.at(round).first + this.slotOf(ordinal) + within;
  }

  private slotOf(ordinal: number): number {
    const { nodes, namespaces } = this.plan;
    return nodes + namespaces + ordinal * SLOTS_PER_WORKLOAD;
  }

  private created(ordinal: number, namespace: number, born: number): Workload {
    const service = serviceName(mix(this.plan.seed, ordinal, 2) % SERVICES);
    return newWorkload({
      ordinal,
      namespace,
      kind: 'deployments',
      name: `${service}-r${born}-${ordinal}`,
      service,
      born,
      replicas: between([1, 3], this.plan.seed, ordinal, 3),
    });
  }

  /** Moves a workload on through the rounds after one; false when it went. */
  private live(workload: Workload, after: number, until: number): boolean {
    for (let index = after + 1; index <= until; index++) {
      if (!liveOn(workload, this.rounds.at(index), index)) return false;
    }
    return true;
  }
}

/** Four digits, or more where the last number needs more: names are in the order of numbers. */
function numbered(index: number, count: number): string {
  const width = Math.max(4, String(count).length);
  return String(index + 1).padStart(width, '0');
}
