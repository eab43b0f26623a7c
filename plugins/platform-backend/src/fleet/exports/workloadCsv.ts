import type {
  UnownedWorkload,
  Workload,
} from '@roadbed/backstage-plugin-platform-common';
import type { CsvColumn } from '../../http/csv';

/** The columns of the export of workloads. */
export const workloadCsv: ReadonlyArray<CsvColumn<Workload>> = [
  { name: 'cluster', value: row => row.cluster },
  { name: 'namespace', value: row => row.namespace },
  { name: 'kind', value: row => row.kind },
  { name: 'name', value: row => row.name },
  { name: 'status', value: row => row.status },
  { name: 'status_message', value: row => row.statusMessage },
  { name: 'desired', value: row => row.desired },
  { name: 'ready', value: row => row.ready },
  { name: 'restarts', value: row => row.pods?.restarts },
  {
    name: 'images',
    value: row => row.images.map(({ image }) => image).join(' '),
  },
  { name: 'ownership', value: row => row.ownership },
  {
    name: 'entities',
    value: row => row.owners.map(({ entityRef }) => entityRef).join(' '),
  },
  {
    name: 'owners',
    value: row =>
      [...new Set(row.owners.flatMap(({ ownerRef }) => ownerRef ?? []))].join(
        ' ',
      ),
  },
  { name: 'created_at', value: row => row.createdAt },
  { name: 'as_of', value: row => row.asOf },
  { name: 'cluster_state', value: row => row.clusterState },
];

/** The columns of the export of workloads that belong to no entity. */
export const unownedWorkloadCsv: ReadonlyArray<CsvColumn<UnownedWorkload>> = [
  ...workloadCsv.filter(
    ({ name }) => !['ownership', 'entities', 'owners'].includes(name),
  ),
  { name: 'hint_target', value: row => row.hint.target },
  { name: 'hint_key', value: row => row.hint.key },
  { name: 'hint_value', value: row => row.hint.value },
  { name: 'hint_entity', value: row => row.hint.entityRef },
  { name: 'hint_because', value: row => row.hint.because },
];
