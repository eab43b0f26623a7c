import { between, lettersFrom, mix, share, uidFrom } from './hashing';
import { SERVICES, serviceName, type ScalePlan } from './planFleet';
import { Rounds, type Change } from './Rounds';

/** The kinds of workload, as the resources they are listed under. */
export type WorkloadKind =
  | 'deployments'
  | 'statefulsets'
  | 'daemonsets'
  | 'cronjobs';

/** A workload at a moment. Rounds are told by their number, 0 is the beginning. */
export interface Workload {
  /** Number in the cluster; never given twice. */
  ordinal: number;
  kind: WorkloadKind;
  /** Number of its namespace. */
  namespace: number;
  name: string;
  /** The service it is labelled with, if it is. */
  service: string | undefined;
  /** Round that created it. */
  born: number;
  /** Round that last changed it. */
  changed: number;
  /** Round that last changed its pod template. */
  rolled: number;
  /** Writes of its spec. */
  generation: number;
  /** Which version of its image it runs. */
  release: number;
  /** Rounds that created its pods, by their index. */
  pods: number[];
}

/** How a pod is doing. */
export type PodCondition =
  | 'Running'
  | 'CrashLoopBackOff'
  | 'ImagePullBackOff'
  | 'Pending';

/** What a revision must tell apart: 20 workloads in a row, then again. */
const KINDS: readonly WorkloadKind[] = [
  ...Array<WorkloadKind>(7).fill('deployments'),
  'statefulsets',
  ...Array<WorkloadKind>(4).fill('deployments'),
  'cronjobs',
  ...Array<WorkloadKind>(3).fill('deployments'),
  'daemonsets',
  'statefulsets',
  ...Array<WorkloadKind>(2).fill('deployments'),
];
const CRON_JOB_AT = KINDS.indexOf('cronjobs');

const LABELLED = 0.95;
const HOUR = 3_600_000;

/**
 * The content of a generated cluster as numbers: which workloads and pods
 * there are after a round, and how they are doing. Nothing is kept of them.
 */
export class ClusterModel {
  readonly plan: ScalePlan;
  readonly rounds: Rounds;
  /** Workloads in a namespace at the beginning. */
  private readonly perNamespace: number;
  /** Revisions that each workload and its pods may use in a round. */
  private readonly stride: number;
  private readonly podOwners: number;

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
    this.perNamespace = Math.ceil(plan.workloads / plan.namespaces);
    this.podOwners = podOwnersBelow(plan.workloads);
    this.stride = 64 + 4 * Math.ceil(plan.pods / plan.workloads);
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
    return `ns-${String(index + 1).padStart(4, '0')}`;
  }

  /** `c-0001-node-0001` of 0; the names are in the order of the numbers. */
  nodeName(index: number): string {
    return `${this.plan.name}-node-${String(index + 1).padStart(4, '0')}`;
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
    const first = namespace * this.perNamespace;
    const end = Math.min(first + this.perNamespace, this.plan.workloads);
    const found: Workload[] = [];
    for (let ordinal = first; ordinal < end; ordinal++) {
      const workload = this.atFirst(ordinal, namespace);
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
    const within = pod === -2 ? this.stride - 1 : pod + 1;
    return this.rounds.at(round).first + this.slotOf(ordinal) + within;
  }

  private slotOf(ordinal: number): number {
    const { nodes, namespaces } = this.plan;
    return nodes + namespaces + ordinal * this.stride;
  }

  private atFirst(ordinal: number, namespace: number): Workload {
    const { seed, offset } = this.plan;
    const labelled = ordinal === 0 || share(seed, ordinal, 1) < LABELLED;
    const service = serviceName(
      ordinal === 0 ? 0 : 1 + ((offset + ordinal) % (SERVICES - 1)),
    );
    return this.fresh({
      ordinal,
      namespace,
      kind: KINDS[ordinal % KINDS.length],
      name: labelled ? service : `internal-${service.slice(-4)}`,
      service: labelled ? service : undefined,
      born: 0,
      replicas: this.replicasAtFirst(ordinal),
    });
  }

  private created(ordinal: number, namespace: number, born: number): Workload {
    const service = serviceName(mix(this.plan.seed, ordinal, 2) % SERVICES);
    return this.fresh({
      ordinal,
      namespace,
      kind: 'deployments',
      name: `${service}-r${born}-${ordinal}`,
      service,
      born,
      replicas: between([1, 3], this.plan.seed, ordinal, 3),
    });
  }

  private fresh(
    options: Pick<
      Workload,
      'ordinal' | 'namespace' | 'kind' | 'name' | 'service' | 'born'
    > & { replicas: number },
  ): Workload {
    const { born, replicas } = options;
    return {
      ordinal: options.ordinal,
      kind: options.kind,
      namespace: options.namespace,
      name: options.name,
      service: options.service,
      born,
      changed: born,
      rolled: born,
      generation: 1,
      release: 0,
      pods: Array<number>(replicas).fill(born),
    };
  }

  /** Moves a workload on from the round that created it; false when it went. */
  private live(workload: Workload, born: number, until: number): boolean {
    for (let index = born + 1; index <= until; index++) {
      const { salt, fraction, churn, recreated } = this.rounds.at(index);
      if (recreated === workload.namespace) {
        workload.born = index;
        workload.generation = 1;
        this.roll(workload, index);
        continue;
      }
      if (fraction === 0 && churn === 0) continue;
      const luck = share(salt, workload.ordinal);
      if (luck < churn) return false;
      if (luck >= churn + fraction) continue;
      workload.generation += 1;
      if (isRelease(workload, luck, churn + fraction / 2)) {
        workload.release += 1;
        this.roll(workload, index);
      } else {
        this.scale(workload, index);
      }
    }
    return true;
  }

  private roll(workload: Workload, round: number): void {
    workload.changed = round;
    workload.rolled = round;
    workload.pods.fill(round);
  }

  private scale(workload: Workload, round: number): void {
    workload.changed = round;
    const { pods } = workload;
    const down = pods.length > 1 && mix(round, workload.ordinal) % 2 === 0;
    if (down || pods.length >= this.stride - 2) pods.pop();
    else pods.push(round);
  }

  /** The pods of the plan, in equal parts, every second owner giving some of its own to the next. */
  private replicasAtFirst(ordinal: number): number {
    if (ordinal % KINDS.length === CRON_JOB_AT) return 0;
    const owner = podOwnersBelow(ordinal);
    const partner = owner ^ 1;
    const own = this.evenPart(owner);
    if (partner >= this.podOwners) return own;
    const least = Math.min(own, this.evenPart(partner));
    const moved = mix(this.plan.seed, owner >> 1, 5) % Math.max(1, least);
    return owner < partner ? own + moved : own - moved;
  }

  private evenPart(owner: number): number {
    const upTo = (end: number) =>
      Math.floor((end * this.plan.pods) / this.podOwners);
    return upTo(owner + 1) - upTo(owner);
  }
}

/** Jobs that run by the clock and machines that each run one have no replicas to change. */
function isRelease({ kind }: Workload, luck: number, half: number): boolean {
  return kind === 'cronjobs' || kind === 'daemonsets' || luck < half;
}

/** How many workloads before an ordinal have pods. */
function podOwnersBelow(ordinal: number): number {
  const cycles = Math.floor(ordinal / KINDS.length);
  const rest = ordinal % KINDS.length;
  return ordinal - cycles - (rest > CRON_JOB_AT ? 1 : 0);
}
