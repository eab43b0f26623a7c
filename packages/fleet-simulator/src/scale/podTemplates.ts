import { imageId, pod } from '../builders/pod';
import { podSpec } from '../builders/podTemplate';
import type { KubernetesObject } from '../kubernetes';
import type { PodCondition } from './ClusterModel';
import type { WorkloadKind } from './Workload';
import {
  APP_CONTAINER,
  IMAGE_TEMPLATE,
  labelsOf,
  PROXY_CONTAINER,
} from './containers';
import {
  jsonSlot,
  ObjectTemplate,
  templatesOf,
  textSlot,
} from './ObjectTemplate';
import { CREATED_AT, TIME_SAMPLES, withSlots } from './templateObject';

/** Every slot of the templates of pods; each uses those it needs. */
export type PodSlot =
  | 'namespace'
  | 'name'
  | 'generateName'
  | 'uid'
  | 'revision'
  | 'created'
  | 'changed'
  | 'app'
  | 'service'
  | 'hash'
  | 'ownerName'
  | 'ownerUid'
  | 'product'
  | 'tag'
  | 'digest'
  | 'node'
  | 'podIp'
  | 'hostIp'
  | 'restarts';

/** The kinds of workload that have pods. */
export type PodOwnerKind = Exclude<WorkloadKind, 'cronjobs'>;

/** What differs between the owners of pods. */
const OWNERS: Readonly<
  Record<PodOwnerKind, { kind: string; labels: Record<string, string> }>
> = {
  deployments: {
    kind: 'ReplicaSet',
    labels: { 'pod-template-hash': textSlot('hash') },
  },
  statefulsets: {
    kind: 'StatefulSet',
    labels: {
      'controller-revision-hash': `${textSlot('app')}-${textSlot('hash')}`,
      'statefulset.kubernetes.io/pod-name': textSlot('name'),
    },
  },
  daemonsets: {
    kind: 'DaemonSet',
    labels: {
      'controller-revision-hash': textSlot('hash'),
      'pod-template-generation': '1',
    },
  },
};

const templates = templatesOf<PodSlot>(variant => {
  const [owner, labelled, condition] = variant.split('/');
  const object = buildPod(
    owner as PodOwnerKind,
    labelled === 'true' ? textSlot('service') : undefined,
    condition as PodCondition,
  );
  return new ObjectTemplate<PodSlot>(object, {
    ...TIME_SAMPLES,
    [imageId(IMAGE_TEMPLATE).split('@sha256:')[1]]: 'digest',
  });
});

/** The template of pods of a kind of owner that are doing the same. */
export function podTemplate(options: {
  owner: PodOwnerKind;
  labelled: boolean;
  condition: PodCondition;
}): ObjectTemplate<PodSlot> {
  const { owner, labelled, condition } = options;
  return templates(`${owner}/${labelled}/${condition}`);
}

function buildPod(
  owner: PodOwnerKind,
  service: string | undefined,
  condition: PodCondition,
): KubernetesObject {
  const { kind, labels } = OWNERS[owner];
  const built = pod({
    name: textSlot('name'),
    generateName: textSlot('generateName'),
    namespace: textSlot('namespace'),
    labels: { ...labelsOf(textSlot('app'), service), ...labels },
    annotations: {
      'mesh.example.com/status': '{"containers":["proxy"],"revision":"1-27-3"}',
      'prometheus.io/path': '/metrics',
      'prometheus.io/port': '15090',
      'prometheus.io/scrape': 'true',
    },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind,
        name: textSlot('ownerName'),
        uid: textSlot('ownerUid'),
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
    createdAt: CREATED_AT,
    state: condition,
    nodeName: textSlot('node'),
    spec: admittedSpec(),
  });
  return withAddresses(withSlots(built));
}

const PROJECTED_TOKEN = {
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    {
      configMap: {
        name: 'kube-root-ca.crt',
        items: [{ key: 'ca.crt', path: 'ca.crt' }],
      },
    },
    {
      downwardAPI: {
        items: [
          {
            path: 'namespace',
            fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
          },
        ],
      },
    },
  ],
  defaultMode: 420,
};

/** The spec after admission: the account's token, the proxy, tolerations. */
function admittedSpec(): Record<string, any> {
  const spec = podSpec({
    containers: [APP_CONTAINER, PROXY_CONTAINER],
    defaultName: 'app',
  });
  const mounts = [
    { name: 'tmp', mountPath: '/tmp' },
    {
      name: 'kube-api-access',
      readOnly: true,
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
    },
  ];
  return {
    ...spec,
    containers: spec.containers.map((container: object) => ({
      ...container,
      volumeMounts: mounts,
    })),
    serviceAccount: 'default',
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumes: [
      { name: 'tmp', emptyDir: {} },
      { name: 'kube-api-access', projected: PROJECTED_TOKEN },
    ],
    tolerations: ['not-ready', 'unreachable'].map(taint => ({
      key: `node.kubernetes.io/${taint}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

function withAddresses(object: KubernetesObject): KubernetesObject {
  const status = object.status as any;
  if (!status.podIP) return object;
  const [podIp, hostIp] = [textSlot('podIp'), textSlot('hostIp')];
  const [app, ...others] = status.containerStatuses;
  return {
    ...object,
    status: {
      ...status,
      hostIP: hostIp,
      hostIPs: [{ ip: hostIp }],
      podIP: podIp,
      podIPs: [{ ip: podIp }],
      containerStatuses: [
        { ...app, restartCount: jsonSlot('restarts') },
        ...others,
      ],
    },
  };
}
