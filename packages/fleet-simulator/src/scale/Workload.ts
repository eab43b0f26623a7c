import { mix, share } from './hashing';
import type { Round } from './Rounds';

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

/** A workload as a round creates it. */
export function newWorkload(
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

/**
 * Moves a workload on by one round.
 *
 * @param number - of the round
 * @returns false when the round deletes it
 */
export function liveOn(
  workload: Workload,
  round: Round,
  number: number,
): boolean {
  const { salt, fraction, churn, recreated } = round;
  if (recreated === workload.namespace) {
    workload.born = number;
    workload.generation = 1;
    roll(workload, number);
    return true;
  }
  if (fraction === 0 && churn === 0) return true;
  const luck = share(salt, workload.ordinal);
  if (luck < churn) return false;
  if (luck >= churn + fraction) return true;
  workload.generation += 1;
  if (isRelease(workload, luck, churn + fraction / 2)) {
    workload.release += 1;
    roll(workload, number);
  } else {
    scale(workload, number);
  }
  return true;
}

/** Most pods of one workload: each has a revision of its own in a round. */
export const MAX_PODS = 4_000;

function roll(workload: Workload, round: number): void {
  workload.changed = round;
  workload.rolled = round;
  workload.pods.fill(round);
}

function scale(workload: Workload, round: number): void {
  workload.changed = round;
  const { pods } = workload;
  const down = pods.length > 1 && mix(round, workload.ordinal) % 2 === 0;
  if (down || pods.length >= MAX_PODS) pods.pop();
  else pods.push(round);
}

/** Jobs that run by the clock and machines that each run one have no replicas to change. */
function isRelease({ kind }: Workload, luck: number, half: number): boolean {
  return kind === 'cronjobs' || kind === 'daemonsets' || luck < half;
}
