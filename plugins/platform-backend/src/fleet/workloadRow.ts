import {
  WORKLOAD_STATUSES_WORST_FIRST,
  workloadStatus,
  type WorkloadFacts,
  type WorkloadImage,
  type WorkloadKind,
} from '@roadbed/backstage-plugin-platform-common';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import { toJson } from '../collect/store/dialect';
import type { OwnershipColumns } from './ownership/WorkloadOwners';
import { workloadPods, type PodSumDocument } from './podSums';

/** What the collectors of workloads store, as far as this room reads it. */
type WorkloadDocument = WorkloadFacts & {
  createdAt?: string;
  containers?: Array<{ name: string; image: string; init?: boolean }>;
};

/** A row of `fleet_workloads`, as it is written. */
export interface WorkloadRowInput extends Partial<OwnershipColumns> {
  cluster_id: number;
  key: string;
  kind: WorkloadKind;
  namespace: string;
  name: string;
  status: string;
  status_rank: number;
  status_message: string | null;
  desired: number | null;
  ready: number | null;
  images: string;
  image_text: string;
  pods: string | null;
  created_at: number | null;
}

/**
 * Makes the row of a workload from what was collected of it and of its pods.
 *
 * @param options.podsKnown - whether pods were ever collected from the cluster;
 *   if not, pods and digests are not known, which is not the same as none
 */
export function workloadRow(options: {
  clusterId: number;
  kind: WorkloadKind;
  object: ObservedObject;
  pods: PodSumDocument | undefined;
  podsKnown: boolean;
  /** Absent where nothing changed that ownership is decided by. */
  ownership: OwnershipColumns | undefined;
}): WorkloadRowInput {
  const { clusterId, kind, object, pods, podsKnown, ownership } = options;
  const document = object.doc as unknown as WorkloadDocument;
  const verdict = workloadStatus(kind, document);
  const images = imagesOf(document, podsKnown ? pods?.images ?? [] : null);
  return {
    cluster_id: clusterId,
    key: object.key,
    kind,
    namespace: object.namespace ?? '',
    name: object.name,
    status: verdict.status,
    status_rank: WORKLOAD_STATUSES_WORST_FIRST.indexOf(verdict.status),
    status_message: verdict.message,
    desired: document.desired ?? null,
    ready: readyOf(kind, document),
    images: toJson(images),
    image_text: images
      .map(({ image }) => image.toLowerCase())
      .sort()
      .join(' '),
    pods: podsKnown ? toJson(workloadPods(pods)) : null,
    created_at: instantOf(document.createdAt),
    ...ownership,
  };
}

/** A controller leaves out zeros; without a wanted number there is none to compare. */
function readyOf(kind: WorkloadKind, document: WorkloadDocument) {
  if (document.desired === undefined) return null;
  return (kind === 'Job' ? document.succeeded : document.ready) ?? 0;
}

function imagesOf(
  { containers = [] }: WorkloadDocument,
  running: PodSumDocument['images'] | null,
): WorkloadImage[] {
  return containers.map(({ name, image }) => ({
    container: name,
    image,
    digests:
      running &&
      [
        ...new Set(
          running.flatMap(pod =>
            pod.container === name && pod.digest ? pod.digest : [],
          ),
        ),
      ].sort(),
  }));
}

/** Instants that have a year of four digits, as all formats of the API do. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);

function instantOf(text: string | undefined): number | null {
  const millis = Date.parse(text ?? '');
  return millis >= EARLIEST && millis <= LATEST ? millis : null;
}
