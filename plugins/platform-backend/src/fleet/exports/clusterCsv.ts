import type { Cluster } from '@roadbed/backstage-plugin-platform-common';
import type { CsvColumn } from '../../http/csv';

/** The columns of the export of clusters. */
export const clusterCsv: ReadonlyArray<CsvColumn<Cluster>> = [
  { name: 'name', value: row => row.name },
  { name: 'title', value: row => row.title },
  { name: 'state', value: row => row.state },
  { name: 'reason', value: row => row.reasons[0]?.message },
  { name: 'environment', value: row => row.attributes.environment?.value },
  { name: 'ring', value: row => row.attributes.ring?.value },
  { name: 'provider', value: row => row.attributes.provider?.value },
  { name: 'region', value: row => row.attributes.region?.value },
  { name: 'owner', value: row => row.attributes.owner?.value },
  {
    name: 'maintenance_window',
    value: row => row.attributes.maintenanceWindow?.value,
  },
  { name: 'version', value: row => row.version?.gitVersion },
  { name: 'minor', value: row => row.version?.minor },
  { name: 'support', value: row => row.support.state },
  { name: 'support_end', value: row => row.support.nextEnd?.date },
  { name: 'nodes', value: row => row.nodes?.total },
  { name: 'nodes_ready', value: row => row.nodes?.ready },
  { name: 'namespaces', value: row => row.namespaces },
  { name: 'workloads', value: row => row.workloads?.total },
  { name: 'workloads_not_ready', value: row => row.workloads?.notReady },
  { name: 'pods', value: row => row.pods?.total },
  { name: 'pods_ready', value: row => row.pods?.ready },
  { name: 'oldest_data_at', value: row => row.oldestDataAt },
  { name: 'newest_data_at', value: row => row.newestDataAt },
];
