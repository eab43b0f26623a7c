import type { ClusterAttribute } from './clusterSchemas';
import type { NodeFacts } from './nodeFacts';

/** `providerID` schemes of the cloud controllers and what they are called here. */
const PROVIDER_SCHEMES: ReadonlyArray<[scheme: string, provider: string]> = [
  ['aws', 'AWS'],
  ['gce', 'GCP'],
  ['azure', 'Azure'],
  ['digitalocean', 'DigitalOcean'],
  ['openstack', 'OpenStack'],
  ['vsphere', 'vSphere'],
  ['hcloud', 'Hetzner'],
  ['oci', 'Oracle'],
  ['ibm', 'IBM'],
  ['kind', 'kind'],
  ['k3s', 'k3s'],
];

/** Managed offerings, told by the suffix of the version or a label of the nodes. */
const MANAGED: ReadonlyArray<{
  provider: string;
  version: RegExp;
  nodeLabel: string;
}> = [
  { provider: 'EKS', version: /-eks-/, nodeLabel: 'eks.amazonaws.com/' },
  { provider: 'GKE', version: /-gke\./, nodeLabel: 'cloud.google.com/gke-' },
  {
    provider: 'AKS',
    // AKS puts nothing into the version.
    version: /(?!)/,
    nodeLabel: 'kubernetes.azure.com/',
  },
];

/**
 * Who runs the cluster, from what it shows: the version's suffix, labels of the
 * nodes, the `providerID` of the nodes. `undefined` when it shows nothing.
 *
 * @public
 */
export function providerOf(
  nodes: NodeFacts[],
  gitVersion?: string,
): ClusterAttribute | undefined {
  for (const { provider, version, nodeLabel } of MANAGED) {
    if (gitVersion && version.test(gitVersion)) {
      return attribute(provider, `version ${gitVersion}`);
    }
    const label = nodes
      .flatMap(node => Object.keys(node.labels ?? {}))
      .find(name => name.startsWith(nodeLabel));
    if (label) return attribute(provider, `node label ${label}`);
  }
  const scheme = mostFrequent(
    nodes.flatMap(
      ({ providerID }) => providerID?.match(/^([^:]+):/)?.[1] ?? [],
    ),
  );
  if (scheme === undefined) return undefined;
  const known = PROVIDER_SCHEMES.find(([name]) => name === scheme);
  return attribute(known?.[1] ?? scheme, `node providerID ${scheme}://…`);
}

/**
 * Where the cluster is, from the topology label most of its nodes carry.
 *
 * @public
 */
export function regionOf(nodes: NodeFacts[]): ClusterAttribute | undefined {
  const label = 'topology.kubernetes.io/region';
  const region = mostFrequent(
    nodes.flatMap(node => node.labels?.[label] ?? []),
  );
  return region === undefined
    ? undefined
    : attribute(region, `node label ${label}`);
}

function attribute(value: string, detail: string): ClusterAttribute {
  return { value, origin: 'cluster', detail };
}

function mostFrequent(values: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(
    ([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1),
  )[0]?.[0];
}
