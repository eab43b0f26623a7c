import { namespace } from '../builders/namespace';
import { node } from '../builders/node';
import { timestamp } from '../store/ObjectStore';
import type { Blueprint } from './Blueprint';
import type { ClusterModel } from './ClusterModel';
import { ObjectTemplate, templatesOf, textSlot } from './ObjectTemplate';
import type { ScalePlan } from './planFleet';
import { nodeAddress } from './podBlueprint';
import { CREATED_AT, CREATED_SAMPLE, withSlots } from './templateObject';

/** A node or a namespace of a cluster after a round. */
export interface ClusterScopedItem {
  cluster: ClusterModel;
  index: number;
  /** Number of the round. */
  round: number;
}

type NamespaceSlot = 'name' | 'uid' | 'revision' | 'created';

type NodeSlot =
  | NamespaceSlot
  | 'region'
  | 'zone'
  | 'instance'
  | 'address'
  | 'version';

/** Tells apart the uids of things that have the same number. */
const NODE = 0x1001;
const NAMESPACE = 0x2001;

const INSTANCE_TYPES: Readonly<Record<ScalePlan['provider'], string>> = {
  eks: 'm7i.xlarge',
  gke: 'n2-standard-4',
  aks: 'Standard_D4s_v5',
};

const PROVIDER_IDS: Readonly<Record<ScalePlan['provider'], string>> = {
  eks: `aws:///${textSlot('zone')}/i-0${textSlot('instance')}`,
  gke: `gce://example/${textSlot('zone')}/${textSlot('name')}`,
  aks: `azure:///subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mc_example/providers/Microsoft.Compute/virtualMachines/${textSlot(
    'name',
  )}`,
};

const nodeTemplate = templatesOf<NodeSlot>(provider => {
  const built = node({
    name: textSlot('name'),
    createdAt: CREATED_AT,
    providerId: PROVIDER_IDS[provider as ScalePlan['provider']],
    kubeletVersion: textSlot('version'),
    instanceType: INSTANCE_TYPES[provider as ScalePlan['provider']],
    region: textSlot('region'),
    zone: textSlot('zone'),
    internalIp: textSlot('address'),
    kernelVersion: '6.12.37-61.105',
  });
  return new ObjectTemplate<NodeSlot>(withSlots(built), CREATED_SAMPLE);
});

const namespaceTemplate = templatesOf<NamespaceSlot>(
  () =>
    new ObjectTemplate<NamespaceSlot>(
      withSlots(namespace({ name: textSlot('name'), createdAt: CREATED_AT })),
      CREATED_SAMPLE,
    ),
);

/** How nodes are written out. */
export const NODE_BLUEPRINT: Blueprint<ClusterScopedItem> = {
  group: '',
  resource: 'nodes',
  apiVersion: 'v1',
  kind: 'Node',
  labels: ({ cluster, index }) => ({
    'kubernetes.io/hostname': cluster.nodeName(index),
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'node.kubernetes.io/instance-type': INSTANCE_TYPES[cluster.plan.provider],
    'topology.kubernetes.io/region': cluster.plan.region,
    'topology.kubernetes.io/zone': zoneOf(cluster.plan, index),
  }),
  uid: ({ cluster, index }) => cluster.uid(NODE, index),
  resourceVersion: ({ cluster, index }) => String(cluster.nodeRevision(index)),
  facts: ({ cluster }) => ({
    ready: true,
    kubeletVersion: cluster.plan.version,
  }),
  json: renderNode,
};

/** How namespaces are written out. */
export const NAMESPACE_BLUEPRINT: Blueprint<ClusterScopedItem> = {
  group: '',
  resource: 'namespaces',
  apiVersion: 'v1',
  kind: 'Namespace',
  labels: ({ cluster, index }) => ({
    'kubernetes.io/metadata.name': cluster.namespaceName(index),
  }),
  uid: ({ cluster, index, round }) =>
    cluster.uid(NAMESPACE, index, cluster.namespaceBorn(index, round)),
  resourceVersion: ({ cluster, index, round }) =>
    String(
      cluster.namespaceRevision(index, cluster.namespaceBorn(index, round)),
    ),
  facts: () => ({ phase: 'Active' }),
  json: renderNamespace,
};

function renderNode(item: ClusterScopedItem): string {
  const { cluster, index } = item;
  const { plan } = cluster;
  const uid = NODE_BLUEPRINT.uid(item);
  return nodeTemplate(plan.provider).render({
    name: cluster.nodeName(index),
    uid,
    revision: NODE_BLUEPRINT.resourceVersion(item),
    created: timestamp(cluster.timeOf(0, index)),
    region: plan.region,
    zone: zoneOf(plan, index),
    instance: uid.slice(-12),
    address: nodeAddress(index),
    version: plan.version,
  });
}

function renderNamespace(item: ClusterScopedItem): string {
  const { cluster, index, round } = item;
  const born = cluster.namespaceBorn(index, round);
  return namespaceTemplate('').render({
    name: cluster.namespaceName(index),
    uid: NAMESPACE_BLUEPRINT.uid(item),
    revision: NAMESPACE_BLUEPRINT.resourceVersion(item),
    created: timestamp(cluster.timeOf(born, index)),
  });
}

function zoneOf({ provider, region }: ScalePlan, index: number): string {
  const zone = index % 3;
  switch (provider) {
    case 'eks':
      return `${region}${'abc'[zone]}`;
    case 'gke':
      return `${region}-${'abc'[zone]}`;
    default:
      return `${region}-${zone + 1}`;
  }
}
