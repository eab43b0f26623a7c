import { z } from 'zod';
import { defineApiRoute } from '../api/apiRoute';
import { pageOf, pageQueryShape, repeatable } from '../api/pagination';
import {
  clusterDetailSchema,
  clusterSchema,
  clusterStateSchema,
} from './clusterSchemas';
import { collectionSchema } from './coverageSchemas';
import { fleetSummarySchema, healthSchema } from './summarySchemas';
import {
  workloadKindSchema,
  workloadSchema,
  workloadStatusSchema,
} from './workloadSchemas';

// Postgres can hold every character but this one.
const text = z
  .string()
  .min(1)
  .max(253)
  .refine(value => !value.includes('\u0000'), {
    error: 'text without the character U+0000',
  });
const search = text.optional();

/** `GET /fleet/summary` @public */
export const getFleetSummaryRoute = defineApiRoute({
  operationId: 'getFleetSummary',
  method: 'get',
  path: '/fleet/summary',
  room: 'fleet',
  summary: 'The fleet in one answer: states, versions and what needs attention',
  response: fleetSummarySchema,
});

/** `GET /fleet/clusters` @public */
export const listClustersRoute = defineApiRoute({
  operationId: 'listClusters',
  method: 'get',
  path: '/fleet/clusters',
  room: 'fleet',
  summary: 'The clusters of the fleet',
  query: z.strictObject({
    ...pageQueryShape,
    sort: z
      .enum(['name', 'version', 'nodes', 'workloads', 'state', 'oldestDataAt'])
      .default('name')
      .describe('What is not known comes first'),
    q: search.meta({
      description: 'Part of the name or title, in any case',
      examples: ['shop'],
    }),
    environment: repeatable(text).meta({
      description: 'Environments, or `unknown`; repeat it for alternatives',
      examples: [['prod']],
    }),
    provider: repeatable(text).meta({
      description: 'Who runs the cluster, or `unknown`',
      examples: [['EKS', 'GKE']],
    }),
    minor: repeatable(text).meta({
      description: 'Effective Kubernetes minors, or `unknown`',
      examples: [['1.34']],
    }),
    state: repeatable(clusterStateSchema).meta({
      description: 'How far the stored picture can be trusted',
      examples: [['stale', 'partial']],
    }),
  }),
  response: pageOf(clusterSchema),
});

/** `GET /fleet/clusters/:id` @public */
export const getClusterRoute = defineApiRoute({
  operationId: 'getCluster',
  method: 'get',
  path: '/fleet/clusters/:id',
  room: 'fleet',
  summary: 'One cluster: facts, identity, coverage, node pools, history',
  params: z.strictObject({
    id: text.meta({
      description: 'The name of the cluster in the Kubernetes configuration',
      examples: ['shop-prod-eu'],
    }),
  }),
  response: clusterDetailSchema,
});

/** `GET /fleet/workloads` @public */
export const listWorkloadsRoute = defineApiRoute({
  operationId: 'listWorkloads',
  method: 'get',
  path: '/fleet/workloads',
  room: 'fleet',
  summary: 'The workloads of the fleet',
  query: z.strictObject({
    ...pageQueryShape,
    sort: z
      .enum(['name', 'namespace', 'cluster', 'kind', 'status'])
      .default('name')
      .describe('Ties are in a stable order'),
    q: search.meta({
      description: 'Part of the name, in any case',
      examples: ['cart'],
    }),
    cluster: repeatable(text).meta({
      description: 'Names of clusters',
      examples: [['shop-prod-eu']],
    }),
    namespace: repeatable(text).meta({
      description: 'Names of namespaces',
      examples: [['shop']],
    }),
    kind: repeatable(workloadKindSchema).meta({
      description: 'Kinds of workload',
      examples: [['Deployment', 'StatefulSet']],
    }),
    status: repeatable(workloadStatusSchema).meta({
      description: 'Verdicts',
      examples: [['failed', 'not_ready']],
    }),
    image: search.meta({
      description: 'Part of an image reference, in any case',
      examples: ['registry.example/cart:'],
    }),
  }),
  response: pageOf(workloadSchema),
});

/** `GET /fleet/collections` @public */
export const listCollectionsRoute = defineApiRoute({
  operationId: 'listCollections',
  method: 'get',
  path: '/fleet/collections',
  room: 'fleet',
  summary: 'The ledger: every run of every collector, newest first by default',
  query: z.strictObject({
    ...pageQueryShape,
    order: z.enum(['asc', 'desc']).default('desc').describe('By start time'),
    cluster: repeatable(text).meta({
      description: 'Names of clusters',
      examples: [['shop-prod-eu']],
    }),
    collector: repeatable(text).meta({
      description: 'Ids of collectors',
      examples: [['pods']],
    }),
    outcome: repeatable(z.enum(['success', 'partial', 'error'])).meta({
      description: 'How the run ended',
      examples: [['error']],
    }),
  }),
  response: pageOf(collectionSchema),
});

/** `GET /health` @public */
export const getHealthRoute = defineApiRoute({
  operationId: 'getHealth',
  method: 'get',
  path: '/health',
  room: 'fleet',
  summary: 'Whether Roadbed itself is well: database, cluster list, queue',
  response: healthSchema,
});
