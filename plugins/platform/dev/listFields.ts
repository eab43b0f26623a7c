import {
  clusterStateSchema,
  clusterSupportStateSchema,
  workloadStatusSchema,
  type Cluster,
  type Collection,
  type Workload,
} from '@roadbed/backstage-plugin-platform-common';
import type { ListFields } from './answers';

/** Words in the order of an enumeration, so that the worst sort first. */
const rank = (words: readonly string[], word: string) =>
  String(words.indexOf(word));

const known = (value: string | null | undefined) => (value ? [value] : []);

/** How the cluster list is filtered and sorted. */
export const clusterFields: ListFields<Cluster> = {
  name: ({ name }) => name,
  filters: {
    environment: row => known(row.attributes.environment?.value),
    ring: row => known(row.attributes.ring?.value),
    provider: row => known(row.attributes.provider?.value),
    region: row => known(row.attributes.region?.value),
    owner: row => known(row.attributes.owner?.value),
    minor: row => known(row.version?.minor),
    support: row => [row.support.state],
    state: row => [row.state],
  },
  sorts: {
    version: row => row.version?.gitVersion ?? '',
    nodes: row => String(row.nodes?.total ?? ''),
    workloads: row => String(row.workloads?.total ?? ''),
    state: row => rank(clusterStateSchema.options, row.state),
    support: row => rank(clusterSupportStateSchema.options, row.support.state),
    oldestDataAt: row => row.oldestDataAt ?? '',
  },
};

/** How workload lists are filtered and sorted. */
export const workloadFields: ListFields<Workload> = {
  name: ({ name }) => name,
  filters: {
    cluster: row => [row.cluster],
    namespace: row => [row.namespace],
    kind: row => [row.kind],
    status: row => [row.status],
    entity: row => row.owners.map(({ entityRef }) => entityRef),
    owner: row => row.owners.flatMap(({ ownerRef }) => known(ownerRef)),
  },
  sorts: {
    namespace: row => row.namespace,
    cluster: row => row.cluster,
    kind: row => row.kind,
    status: row => rank(workloadStatusSchema.options, row.status),
  },
};

/** How the ledger is filtered and sorted. */
export const collectionFields: ListFields<Collection> = {
  name: ({ collector }) => collector,
  filters: {
    cluster: row => [row.cluster],
    collector: row => [row.collector],
    outcome: row => [row.outcome],
  },
  sorts: { started: row => row.startedAt },
};
