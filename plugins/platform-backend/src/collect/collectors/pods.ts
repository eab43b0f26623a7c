import type { ListCollector } from '@roadbed/backstage-plugin-platform-node';
import { PodAggregator } from './PodAggregator';

/** Pods, folded into their workloads. */
export const podCollector: ListCollector = {
  type: 'list',
  id: 'pods',
  title: 'Pods',
  cadence: { minutes: 5 },
  resource: {
    group: '',
    versions: ['v1'],
    resource: 'pods',
    kind: 'Pod',
    namespaced: true,
  },
  verbs: ['list'],
  body: 'full',
  // A pod is some 9 kB of JSON, and parsing holds the event loop.
  pageSize: 250,
  aggregate: () => new PodAggregator(),
};
