import { timestamp } from '../store/ObjectStore';
import type { Blueprint } from './Blueprint';
import type { WorkloadKind } from './Workload';
import { imageOf, labelsOf, productOf, tagOf } from './containers';
import { mix } from './hashing';
import type { Facts } from './truth';
import type { WorkloadItem } from './WorkloadItem';
import { workloadTemplate, type Standing } from './workloadTemplates';

/** How each kind of workload is written out. */
export const WORKLOAD_BLUEPRINTS: Readonly<
  Record<WorkloadKind, Blueprint<WorkloadItem>>
> = {
  deployments: workloadBlueprint('deployments', 'apps', 'Deployment'),
  statefulsets: workloadBlueprint('statefulsets', 'apps', 'StatefulSet'),
  daemonsets: workloadBlueprint('daemonsets', 'apps', 'DaemonSet'),
  cronjobs: workloadBlueprint('cronjobs', 'batch', 'CronJob'),
};

/** How the newest ReplicaSet of a Deployment is written out. */
export const REPLICA_SET_BLUEPRINT: Blueprint<WorkloadItem> = {
  group: 'apps',
  resource: 'replicasets',
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  labels: ({ workload, templateHash }) => ({
    ...labelsOf(workload.name, workload.service),
    'pod-template-hash': templateHash,
  }),
  uid: item => item.replicaSetUid,
  resourceVersion: ({ cluster, workload }) =>
    String(cluster.revision(workload.ordinal, workload.changed, -2)),
  facts: item => replicaFacts(item),
  json: item =>
    render(item, 'replicasets', {
      name: item.replicaSetName,
      uid: item.replicaSetUid,
      revision: REPLICA_SET_BLUEPRINT.resourceVersion(item),
      created: item.workload.rolled,
      generation: 1,
    }),
};

function workloadBlueprint(
  resource: WorkloadKind,
  group: string,
  kind: string,
): Blueprint<WorkloadItem> {
  const resourceVersion = ({ cluster, workload }: WorkloadItem) =>
    String(cluster.revision(workload.ordinal, workload.changed));
  return {
    group,
    resource,
    apiVersion: `${group}/v1`,
    kind,
    labels: ({ workload }) => labelsOf(workload.name, workload.service),
    uid: item => item.uid,
    resourceVersion,
    facts: item =>
      resource === 'cronjobs'
        ? { images: [imageOf(item.workload)], schedule: scheduleOf(item) }
        : replicaFacts(item),
    json: item =>
      render(item, resource, {
        name: item.workload.name,
        uid: item.uid,
        revision: resourceVersion(item),
        created: item.workload.born,
        generation: item.workload.generation,
      }),
  };
}

function replicaFacts({ cluster, workload }: WorkloadItem): Facts {
  return {
    replicas: workload.pods.length,
    readyReplicas: cluster.readyPods(workload),
    images: [imageOf(workload)],
  };
}

function render(
  item: WorkloadItem,
  kind: WorkloadKind | 'replicasets',
  own: {
    name: string;
    uid: string;
    revision: string;
    /** Number of a round. */
    created: number;
    generation: number;
  },
): string {
  const { cluster, workload } = item;
  const { ordinal, service, changed } = workload;
  const replicas = workload.pods.length;
  const ready = cluster.readyPods(workload);
  return workloadTemplate({
    kind,
    labelled: service !== undefined,
    standing: standingOf(replicas, ready),
  }).render({
    ...own,
    product: productOf(workload),
    tag: tagOf(workload),
    namespace: cluster.namespaceName(workload.namespace),
    created: timestamp(cluster.timeOf(own.created, ordinal)),
    changed: timestamp(cluster.timeOf(changed, ordinal, 200)),
    service: service ?? '',
    hash: item.templateHash,
    replicas,
    ready,
    missing: replicas - ready,
    schedule: scheduleOf(item),
    rollout: workload.release + 1,
    ownerName: workload.name,
    ownerUid: item.uid,
  });
}

function standingOf(replicas: number, ready: number): Standing {
  if (ready === replicas) return 'full';
  if (ready === 0) return 'none';
  return ready >= Math.ceil(replicas * 0.75) ? 'available' : 'unavailable';
}

function scheduleOf({ cluster, workload }: WorkloadItem): string {
  return `${mix(cluster.plan.seed, workload.ordinal, 9) % 60} * * * *`;
}
