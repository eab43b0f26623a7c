import { timestamp } from '../store/ObjectStore';
import type { Blueprint } from './Blueprint';
import type { WorkloadKind } from './Workload';
import { imageOf, labelsOf, productOf, PROXY_IMAGE, tagOf } from './containers';
import { lettersFrom, mix } from './hashing';
import { podTemplate, type PodOwnerKind } from './podTemplates';
import type { WorkloadItem } from './WorkloadItem';

/** A pod of a workload after a round. */
export interface PodItem {
  owner: WorkloadItem;
  /** Which of the pods of its workload. */
  index: number;
  /** Number of the round. */
  round: number;
}

/** Tells apart the uids of things that have the same number. */
const POD = 0x4001;

/** The name of a pod: numbered under a StatefulSet, else with a suffix. */
export function podName(item: PodItem): string {
  const { index, owner } = item;
  const { workload, cluster } = owner;
  if (workload.kind === 'statefulsets') return `${workload.name}-${index}`;
  const born = workload.pods[index];
  const suffix = lettersFrom(
    5,
    mix(cluster.plan.seed ^ POD, workload.ordinal, born * 4_096 + index),
  );
  return `${owner.podOwnerName}-${suffix}`;
}

/** How pods are written out. */
export const POD_BLUEPRINT: Blueprint<PodItem> = {
  group: '',
  resource: 'pods',
  apiVersion: 'v1',
  kind: 'Pod',
  labels: item => ({
    ...labelsOf(item.owner.workload.name, item.owner.workload.service),
    ...ownLabels(item),
  }),
  uid: ({ owner: { cluster, workload }, index }) =>
    cluster.uid(POD, workload.ordinal, workload.pods[index] * 4_096 + index),
  resourceVersion: ({ owner: { cluster, workload }, index, round }) => {
    const { changed } = cluster.podHistory(workload, index, round);
    return String(cluster.revision(workload.ordinal, changed, index));
  },
  facts: ({ owner: { cluster, workload }, index, round }) => {
    const condition = cluster.podCondition(workload, index);
    const scheduled = condition !== 'Pending';
    return {
      phase:
        scheduled && condition !== 'ImagePullBackOff' ? 'Running' : 'Pending',
      ready: condition === 'Running',
      restarts: scheduled
        ? cluster.podHistory(workload, index, round).restarts
        : 0,
      images: [imageOf(workload), PROXY_IMAGE],
    };
  },
  json: renderPod,
};

function renderPod(item: PodItem): string {
  const { owner, index, round } = item;
  const { cluster, workload } = owner;
  const { ordinal, service } = workload;
  const born = workload.pods[index];
  const seed = cluster.plan.seed;
  const { restarts, changed } = cluster.podHistory(workload, index, round);
  const node = nodeOf(item);
  const address = mix(seed ^ 0x1b, ordinal, index);
  const created = timestamp(cluster.timeOf(born, ordinal, 700));
  return podTemplate({
    owner: workload.kind as PodOwnerKind,
    labelled: service !== undefined,
    condition: cluster.podCondition(workload, index),
  }).render({
    namespace: cluster.namespaceName(workload.namespace),
    name: podName(item),
    generateName: `${owner.podOwnerName}-`,
    uid: POD_BLUEPRINT.uid(item),
    revision: cluster.revision(ordinal, changed, index),
    created,
    changed:
      changed === born
        ? created
        : timestamp(cluster.timeOf(changed, ordinal, 700)),
    app: workload.name,
    service: service ?? '',
    hash: owner.templateHash,
    product: productOf(workload),
    tag: tagOf(workload),
    ownerName: owner.podOwnerName,
    ownerUid: owner.podOwnerUid,
    digest: owner.digest,
    node: cluster.nodeName(node),
    podIp: `10.${64 + (address % 64)}.${(address >>> 8) % 256}.${
      1 + ((address >>> 16) % 254)
    }`,
    hostIp: nodeAddress(node),
    restarts,
  });
}

/** Address of the node of a number. */
export function nodeAddress(node: number): string {
  return `10.0.${Math.floor(node / 250) % 256}.${1 + (node % 250)}`;
}

function nodeOf({ owner, index }: PodItem): number {
  const { cluster, workload } = owner;
  const { nodes, seed } = cluster.plan;
  if (workload.kind === 'daemonsets') return index % nodes;
  return (
    mix(seed ^ 0x20de, workload.ordinal, workload.pods[index] + index) % nodes
  );
}

function ownLabels(item: PodItem): Record<string, string> {
  const { workload, templateHash: hash } = item.owner;
  switch (workload.kind as WorkloadKind) {
    case 'deployments':
      return { 'pod-template-hash': hash };
    case 'statefulsets':
      return {
        'controller-revision-hash': `${workload.name}-${hash}`,
        'statefulset.kubernetes.io/pod-name': podName(item),
      };
    default:
      return {
        'controller-revision-hash': hash,
        'pod-template-generation': '1',
      };
  }
}
