import type { JsonObject } from '@backstage/types';
import type {
  KubernetesObject,
  ObjectAggregator,
  ObservedObject,
} from '@roadbed/backstage-plugin-platform-node';
import { MAX_SUMMED_CHARACTERS } from '../bounds';
import { labels } from './metadata';
import { podOwner, type PodOwner } from './podOwner';
import { count, record, records, text } from './projection';
import { SumTooLargeError } from './SumTooLargeError';

const MAX_NODES = 100;
const MAX_IMAGES = 50;
/** Different ones that are counted: of nodes more than any cluster has. */
const MAX_COUNTED_NODES = 20_000;
const MAX_COUNTED_IMAGES = 500;
const MAX_REASONS = 50;
/** Where further reasons are counted. */
const OTHER_REASONS = 'Other';
const PHASES: ReadonlySet<string> = new Set([
  'Pending',
  'Running',
  'Succeeded',
  'Failed',
]);
/** Every container of a pod that starts waits for these two. */
const PASSING_REASONS: ReadonlySet<string> = new Set([
  'ContainerCreating',
  'PodInitializing',
]);

interface Sum {
  owner: PodOwner;
  namespace: string | null;
  phases: Map<string, number>;
  pods: number;
  ready: number;
  terminating: number;
  restarts: number;
  reasons: Map<string, number>;
  /** By container, image and digest. */
  images: Map<string, { container: string; image: string; digest?: string }>;
  nodes: Set<string>;
  /** Common to all pods so far. */
  labels: JsonObject;
}

/**
 * Folds pods into one row per workload.
 *
 * @remarks
 * Pods that have finished are counted by phase only: a job that ran a thousand
 * times has no thousand pods. `ready`, `restarts` and `reasons` are of the
 * pods that have not finished.
 */
export class PodAggregator implements ObjectAggregator {
  private readonly sums = new Map<string, Sum>();
  private characters = 0;

  constructor(private readonly maxCharacters = MAX_SUMMED_CHARACTERS) {}

  /** @throws SumTooLargeError */
  add(pod: KubernetesObject): void {
    const status = record(pod.status);
    const phase = phaseOf(status);
    const sum = this.sumFor(pod);
    increment(sum.phases, phase);
    if (phase === 'Succeeded' || phase === 'Failed') {
      return;
    }
    sum.pods++;
    sum.ready += isReady(status) ? 1 : 0;
    sum.terminating += record(pod.metadata).deletionTimestamp ? 1 : 0;
    const node = text(record(pod.spec).nodeName, 253);
    if (node && !sum.nodes.has(node) && sum.nodes.size < MAX_COUNTED_NODES) {
      sum.nodes.add(node);
      this.hold(node.length);
    }
    const containers = [
      ...records(status.initContainerStatuses),
      ...records(status.containerStatuses),
    ];
    for (const container of containers) {
      sum.restarts += count(container.restartCount);
      const reason = text(record(record(container.state).waiting).reason, 64);
      if (reason && !PASSING_REASONS.has(reason)) {
        const known = sum.reasons.has(reason) || sum.reasons.size < MAX_REASONS;
        increment(sum.reasons, known ? reason : OTHER_REASONS);
      }
    }
    this.hold(addImages(sum, record(pod.spec), containers));
  }

  rows(): ObservedObject[] {
    return [...this.sums].map(([key, sum]) => ({
      key,
      namespace: sum.namespace,
      name: sum.owner.name,
      doc: {
        ownerKind: sum.owner.kind,
        ownerName: sum.owner.name,
        ownerUid: sum.owner.uid,
        bare: sum.owner.bare,
        phases: sorted(sum.phases),
        pods: sum.pods,
        ready: sum.ready,
        terminating: sum.terminating,
        restarts: sum.restarts,
        reasons: sorted(sum.reasons),
        images: [...sum.images]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .slice(0, MAX_IMAGES)
          .map(([, image]) => ({ ...image })),
        nodes: [...sum.nodes].sort().slice(0, MAX_NODES),
        nodeCount: sum.nodes.size,
        labels: sum.labels,
      },
    }));
  }

  private sumFor(pod: KubernetesObject): Sum {
    const podLabels = labels(pod);
    const owner = podOwner(pod, podLabels);
    const namespace = text(record(pod.metadata).namespace, 253) ?? null;
    const key = `${owner.kind}/${namespace ?? ''}/${owner.name}`;
    const known = this.sums.get(key);
    if (known) {
      known.labels = inBoth(known.labels, podLabels);
      return known;
    }
    const sum: Sum = {
      owner,
      namespace,
      phases: new Map(),
      pods: 0,
      ready: 0,
      terminating: 0,
      restarts: 0,
      reasons: new Map(),
      images: new Map(),
      nodes: new Set(),
      labels: podLabels,
    };
    this.sums.set(key, sum);
    this.hold(key.length + JSON.stringify(podLabels).length);
    return sum;
  }

  private hold(characters: number): void {
    this.characters += characters;
    if (this.characters > this.maxCharacters) {
      throw new SumTooLargeError();
    }
  }
}

/** One of those there are; whatever else a cluster says is not known. */
function phaseOf(status: Record<string, unknown>): string {
  return typeof status.phase === 'string' && PHASES.has(status.phase)
    ? status.phase
    : 'Unknown';
}

function isReady(status: Record<string, unknown>): boolean {
  return records(status.conditions).some(
    condition => condition.type === 'Ready' && condition.status === 'True',
  );
}

/**
 * Images as the spec asks for them, with the digest the node runs.
 *
 * @returns the characters that were added
 */
function addImages(
  sum: Sum,
  spec: Record<string, unknown>,
  statuses: Array<Record<string, unknown>>,
): number {
  let added = 0;
  const digests = new Map(
    statuses.map(status => [
      text(status.name, 253),
      text(status.imageID)?.match(/sha256:[0-9a-f]{64}/)?.[0],
    ]),
  );
  const containers = [
    ...records(spec.initContainers),
    ...records(spec.containers),
  ];
  for (const declared of containers) {
    const container = text(declared.name, 253) ?? '';
    const image = text(declared.image) ?? '';
    const digest = digests.get(container);
    const key = `${container} ${image} ${digest ?? ''}`;
    if (!sum.images.has(key) && sum.images.size < MAX_COUNTED_IMAGES) {
      sum.images.set(key, { container, image, ...(digest && { digest }) });
      added += key.length;
    }
  }
  return added;
}

/** What both have; mostly all of it, so that nothing has to be copied. */
function inBoth(one: JsonObject, other: JsonObject): JsonObject {
  const keys = Object.keys(one);
  const same = keys.filter(key => other[key] === one[key]);
  return same.length === keys.length
    ? one
    : Object.fromEntries(same.map(key => [key, one[key]]));
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: Map<string, number>): JsonObject {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
