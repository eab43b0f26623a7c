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
 * Whether workloads or pods of a cluster have been counted. They are once all
 * that they are counted from was collected completely, and stay so.
 */
export async function isCounted(
  tx: Knex.Transaction,
  clusterId: number,
  total: 'pods_total' | 'workloads_total',
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
 * @param options.complete - whether all nodes are known; their number is only
 *   known then
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
    ...(complete && {
      nodes_total: nodes.length,
      nodes_ready: nodes.filter(isNodeReady).length,
    }),
  });
}
