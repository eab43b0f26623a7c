import { mix, share } from './hashing';
import { SERVICES, serviceName, type ScalePlan } from './planFleet';
import { newWorkload, type Workload, type WorkloadKind } from './Workload';

/** The kinds of twenty workloads in a row, then again. */
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

/** What a generated cluster begins with. */
export class FirstWorkloads {
  /** Workloads in each namespace but the last. */
  private readonly perNamespace: number;
  private readonly podOwners: number;

  constructor(private readonly plan: ScalePlan) {
    this.perNamespace = Math.ceil(plan.workloads / plan.namespaces);
    this.podOwners = podOwnersBelow(plan.workloads);
  }

  /** Those of a namespace; each time new ones, which may be changed. */
  *in(namespace: number): Iterable<Workload> {
    const first = namespace * this.perNamespace;
    const end = Math.min(first + this.perNamespace, this.plan.workloads);
    for (let ordinal = first; ordinal < end; ordinal++) {
      yield this.workload(ordinal, namespace);
    }
  }

  private workload(ordinal: number, namespace: number): Workload {
    const { seed, offset } = this.plan;
    const labelled = ordinal === 0 || share(seed, ordinal, 1) < LABELLED;
    // The first service runs everywhere, the others go round over the fleet.
    const service = serviceName(
      ordinal === 0 ? 0 : 1 + ((offset + ordinal) % (SERVICES - 1)),
    );
    return newWorkload({
      ordinal,
      namespace,
      kind: KINDS[ordinal % KINDS.length],
      name: labelled ? service : `internal-${service.slice(-4)}`,
      service: labelled ? service : undefined,
      born: 0,
      replicas: this.replicasOf(ordinal),
    });
  }

  /** The pods of the plan, in equal parts, every second owner giving some of its own to the next. */
  private replicasOf(ordinal: number): number {
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

/** How many workloads before an ordinal have pods. */
function podOwnersBelow(ordinal: number): number {
  const cycles = Math.floor(ordinal / KINDS.length);
  const rest = ordinal % KINDS.length;
  return ordinal - cycles - (rest > CRON_JOB_AT ? 1 : 0);
}
