import {
  effectiveVersion,
  isNodeReady,
  nodePools,
  providerOf,
  regionOf,
  type NodeFacts,
  type VersionDocument,
} from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import { toJson } from '../collect/store/dialect';
import { readAll, readByKey } from './observedDocuments';

/** Writes some columns of a cluster's row, which is made when it is missing. */
export async function updateClusterFacts(
  tx: Knex.Transaction,
  clusterId: number,
  columns: Record<string, unknown>,
): Promise<void> {
  await tx('fleet_clusters')
    .insert({ cluster_id: clusterId, ...columns })
    .onConflict('cluster_id')
    .merge();
}

/**
 * Whether something of a cluster has been counted. It is once all that it is
 * counted from was collected completely, and stays so: every change after that
 * is counted in the transaction that makes it.
 */
export async function isCounted(
  tx: Knex.Transaction,
  clusterId: number,
  total: 'pods_total' | 'workloads_total' | 'nodes_total' | 'namespaces',
): Promise<boolean> {
  const facts = await tx('fleet_clusters')
    .where({ cluster_id: clusterId })
    .first(total);
  return (facts?.[total] ?? null) !== null;
}

async function readVersion(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<VersionDocument | undefined> {
  const [object] = await readByKey(tx, {
    clusterId,
    collector: 'discovery',
    keys: ['version'],
  });
  return object?.doc as unknown as VersionDocument | undefined;
}

async function readNodes(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<NodeFacts[]> {
  const objects = await readAll(tx, { clusterId, collector: 'nodes' });
  return objects.map(({ doc }) => doc as unknown as NodeFacts);
}

function shown(nodes: NodeFacts[], version: VersionDocument | undefined) {
  const provider = providerOf(nodes, version?.gitVersion);
  const region = regionOf(nodes);
  return {
    provider: provider ? toJson(provider) : null,
    region: region ? toJson(region) : null,
  };
}

/** The version changed, and with it perhaps what is shown of the provider. */
export async function refreshVersion(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<void> {
  const document = await readVersion(tx, clusterId);
  if (!document) return;
  const { gitVersion, minor, emulated } = effectiveVersion(document);
  await updateClusterFacts(tx, clusterId, {
    git_version: gitVersion,
    minor,
    emulated,
    ...shown(await readNodes(tx, clusterId), document),
  });
}

/**
 * Nodes changed.
 *
 * @param options.complete - whether all nodes are known; their number is not
 *   before they were once
 */
export async function refreshNodes(
  tx: Knex.Transaction,
  options: { clusterId: number; complete: boolean },
): Promise<void> {
  const { clusterId, complete } = options;
  const nodes = await readNodes(tx, clusterId);
  await updateClusterFacts(tx, clusterId, {
    node_pools: toJson(nodePools(nodes)),
    ...shown(nodes, await readVersion(tx, clusterId)),
    ...((complete || (await isCounted(tx, clusterId, 'nodes_total'))) && {
      nodes_total: nodes.length,
      nodes_ready: nodes.filter(isNodeReady).length,
    }),
  });
}
