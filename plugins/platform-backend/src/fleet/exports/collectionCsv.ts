import type { Collection } from '@roadbed/backstage-plugin-platform-common';
import type { CsvColumn } from '../../http/csv';

/** The columns of the export of the ledger. */
export const collectionCsv: ReadonlyArray<CsvColumn<Collection>> = [
  { name: 'id', value: row => row.id },
  { name: 'cluster', value: row => row.cluster },
  { name: 'collector', value: row => row.collector },
  { name: 'started_at', value: row => row.startedAt },
  { name: 'finished_at', value: row => row.finishedAt },
  { name: 'duration_ms', value: row => row.durationMs },
  { name: 'outcome', value: row => row.outcome },
  { name: 'objects', value: row => row.objects },
  { name: 'pages', value: row => row.pages },
  { name: 'requests', value: row => row.requests },
  { name: 'bytes', value: row => row.bytes },
  { name: 'upserted', value: row => row.upserted },
  { name: 'deleted', value: row => row.deleted },
  { name: 'unchanged', value: row => row.unchanged },
  { name: 'resource_version', value: row => row.resourceVersion },
  { name: 'code', value: row => row.code },
  { name: 'message', value: row => row.message },
  { name: 'replica', value: row => row.replica },
  { name: 'epoch', value: row => row.epoch },
];
