import { CONTROLLER, DEPLOYER } from '../builders/meta';
import { cronJob } from '../builders/jobs';
import { daemonSet, deployment, statefulSet } from '../builders/workloads';
import { build } from '../builders/meta';
import type { KubernetesObject } from '../kubernetes';
import type { WorkloadKind } from './Workload';
import { APP_CONTAINER, labelsOf } from './containers';
import {
  jsonSlot,
  ObjectTemplate,
  templatesOf,
  textSlot,
} from './ObjectTemplate';
import {
  CHANGED_AT,
  CREATED_AT,
  TIME_SAMPLES,
  withSlots,
} from './templateObject';

/** How the pods of a workload are doing together: which fields and conditions its status has. */
export type Standing = 'full' | 'available' | 'unavailable' | 'none';

/** Replicas and ready ones of each standing, as the builders are told. */
const SAMPLES: Readonly<Record<Standing, { replicas: number; ready: number }>> =
  {
    full: { replicas: 4, ready: 4 },
    available: { replicas: 4, ready: 3 },
    unavailable: { replicas: 4, ready: 1 },
    none: { replicas: 4, ready: 0 },
  };

/** Every slot of the templates of workloads; each uses those it needs. */
export type WorkloadSlot =
  | 'namespace'
  | 'name'
  | 'uid'
  | 'revision'
  | 'generation'
  | 'created'
  | 'changed'
  | 'service'
  | 'product'
  | 'tag'
  | 'hash'
  | 'replicas'
  | 'ready'
  | 'missing'
  | 'schedule'
  | 'rollout'
  | 'ownerName'
  | 'ownerUid';

const MANAGERS = [DEPLOYER, CONTROLLER].map(manager => ({
  ...manager,
  at: CHANGED_AT,
}));

const templates = templatesOf<WorkloadSlot>(variant => {
  const [kind, labelled, standing] = variant.split('/');
  const object = buildWorkload(
    kind as WorkloadKind | 'replicasets',
    labelled === 'true' ? textSlot('service') : undefined,
    standing as Standing,
  );
  return new ObjectTemplate<WorkloadSlot>(withSlots(object), TIME_SAMPLES);
});

/** The template of workloads of a kind that do equally well. */
export function workloadTemplate(options: {
  kind: WorkloadKind | 'replicasets';
  labelled: boolean;
  standing: Standing;
}): ObjectTemplate<WorkloadSlot> {
  const { kind, labelled, standing } = options;
  return templates(`${kind}/${labelled}/${standing}`);
}

function buildWorkload(
  kind: WorkloadKind | 'replicasets',
  service: string | undefined,
  standing: Standing,
): KubernetesObject {
  const { replicas, ready } = SAMPLES[standing];
  const app = kind === 'replicasets' ? textSlot('ownerName') : textSlot('name');
  const labels = labelsOf(app, service);
  const common = {
    name: textSlot('name'),
    namespace: textSlot('namespace'),
    labels,
    selector: { app },
    podLabels: labels,
    containers: [APP_CONTAINER],
    replicas,
    readyReplicas: ready,
    createdAt: CREATED_AT,
    managedBy: MANAGERS,
  };
  switch (kind) {
    case 'deployments':
      return deployment({
        ...common,
        annotations: {
          'deployment.kubernetes.io/revision': textSlot('rollout'),
          ...lastApplied('apps/v1', 'Deployment', labels),
        },
      });
    case 'statefulsets': {
      const object = statefulSet({
        ...common,
        annotations: lastApplied('apps/v1', 'StatefulSet', labels),
      });
      const revision = `${app}-${textSlot('hash')}`;
      const { status } = object as any;
      return {
        ...object,
        status: {
          ...status,
          currentRevision: revision,
          updateRevision: revision,
        },
      };
    }
    case 'daemonsets':
      return daemonSet({
        ...common,
        annotations: lastApplied('apps/v1', 'DaemonSet', labels),
      });
    case 'cronjobs':
      return cronJob({
        ...common,
        schedule: textSlot('schedule'),
        lastScheduledAt: CHANGED_AT,
        lastSucceededAt: CHANGED_AT,
        annotations: lastApplied('batch/v1', 'CronJob', labels),
      });
    default:
      return replicaSet(common, replicas, ready);
  }
}

function replicaSet(
  common: Parameters<typeof deployment>[0],
  replicas: number,
  ready: number,
): KubernetesObject {
  const hash = { 'pod-template-hash': textSlot('hash') };
  const { spec } = deployment(common) as any;
  const labels = { ...common.labels, ...hash };
  return build({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    meta: {
      ...common,
      labels,
      annotations: {
        'deployment.kubernetes.io/desired-replicas': textSlot('replicas'),
        'deployment.kubernetes.io/revision': textSlot('rollout'),
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: textSlot('ownerName'),
          uid: textSlot('ownerUid'),
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    generation: true,
    content: {
      spec: {
        replicas,
        selector: { matchLabels: { ...spec.selector.matchLabels, ...hash } },
        template: { ...spec.template, metadata: { labels } },
      },
      status: {
        replicas,
        fullyLabeledReplicas: replicas,
        ...(ready ? { readyReplicas: ready, availableReplicas: ready } : {}),
        observedGeneration: 1,
      },
    },
    managers: [
      { name: 'kube-controller-manager', at: CHANGED_AT },
      { ...CONTROLLER, at: CHANGED_AT },
    ],
  });
}

/** What `kubectl apply` remembers of the manifest. */
function lastApplied(
  apiVersion: string,
  kind: string,
  labels: Record<string, string>,
): Record<string, string> {
  const { name, image } = APP_CONTAINER;
  const pods = {
    metadata: { labels: { app: labels.app } },
    spec: { containers: [{ name, image }] },
  };
  const spec =
    kind === 'CronJob'
      ? {
          schedule: textSlot('schedule'),
          jobTemplate: { spec: { template: pods } },
        }
      : { replicas: jsonSlot('replicas'), template: pods };
  const manifest = {
    apiVersion,
    kind,
    metadata: {
      labels,
      name: textSlot('name'),
      namespace: textSlot('namespace'),
    },
    spec,
  };
  return {
    'kubectl.kubernetes.io/last-applied-configuration': `${JSON.stringify(
      manifest,
    ).replace(`"${jsonSlot('replicas')}"`, textSlot('replicas'))}\n`,
  };
}
