import { z } from 'zod';
import { defineApiRoute } from '../api/apiRoute';
import {
  csvSchema,
  pageOf,
  pageQueryShape,
  repeatable,
} from '../api/pagination';
import { clusterSupportStateSchema } from '../support/supportSchemas';
import {
  clusterDetailSchema,
  clusterSchema,
  clusterStateSchema,
} from './clusterSchemas';
import { facetsSchema } from './facetSchemas';
import { search, text } from './parameters';
import {
  platformClusterCollectPermission,
  platformClusterReadPermission,
} from './permissions';

const permissions = [platformClusterReadPermission.name];

const sortShape = {
  sort: z
    .enum([
      'name',
      'version',
      'nodes',
      'workloads',
      'state',
      'support',
      'oldestDataAt',
    ])
    .default('name')
    .describe('What is not known comes first'),
  order: pageQueryShape.order,
};

const filterShape = {
  q: search.meta({
    description: 'Part of the name or title, in any case',
    examples: ['shop'],
  }),
  environment: repeatable(text).meta({
    description: 'Environments, or `unknown`; repeat it for alternatives',
    examples: [['prod']],
  }),
  ring: repeatable(text).meta({
    description: 'Rings, or `unknown`',
    examples: [['1']],
  }),
  provider: repeatable(text).meta({
    description: 'Who runs the cluster, or `unknown`',
    examples: [['EKS', 'GKE']],
  }),
  region: repeatable(text).meta({
    description: 'Regions, or `unknown`',
    examples: [['eu-west-1']],
  }),
  owner: repeatable(text).meta({
    description: 'Entity references of owning groups, or `unknown`',
    examples: [['group:default/platform']],
  }),
  minor: repeatable(text).meta({
    description: 'Effective Kubernetes minors, or `unknown`',
    examples: [['1.34']],
  }),
  support: repeatable(clusterSupportStateSchema).meta({
    description: 'Whether its version is still supported',
    examples: [['unsupported']],
  }),
  state: repeatable(clusterStateSchema).meta({
    description: 'How far the stored picture can be trusted',
    examples: [['stale', 'partial']],
  }),
};

const params = z.strictObject({
  id: text.meta({
    description: 'The name of the cluster in the Kubernetes configuration',
    examples: ['shop-prod-eu'],
  }),
});

/** `GET /fleet/clusters` @public */
export const listClustersRoute = defineApiRoute({
  operationId: 'listClusters',
  method: 'get',
  path: '/fleet/clusters',
  room: 'fleet',
  summary: 'The clusters of the fleet',
  query: z.strictObject({ ...pageQueryShape, ...sortShape, ...filterShape }),
  response: pageOf(clusterSchema),
  permissions,
});

/** `GET /fleet/clusters.csv` @public */
export const exportClustersRoute = defineApiRoute({
  operationId: 'exportClusters',
  method: 'get',
  path: '/fleet/clusters.csv',
  room: 'fleet',
  summary: 'All clusters that pass the filters, as CSV',
  query: z.strictObject({ ...sortShape, ...filterShape }),
  response: csvSchema,
  produces: 'text/csv',
  permissions,
});

/** `GET /fleet/facets/clusters` @public */
export const getClusterFacetsRoute = defineApiRoute({
  operationId: 'getClusterFacets',
  method: 'get',
  path: '/fleet/facets/clusters',
  room: 'fleet',
  summary: 'What clusters can be filtered by, with counts',
  query: z.strictObject(filterShape),
  response: facetsSchema,
  permissions,
});

/** `GET /fleet/clusters/:id` @public */
export const getClusterRoute = defineApiRoute({
  operationId: 'getCluster',
  method: 'get',
  path: '/fleet/clusters/:id',
  room: 'fleet',
  summary: 'One cluster: facts, identity, coverage, node pools, history',
  params,
  response: clusterDetailSchema,
  permissions,
});

/** `POST /fleet/clusters/:id/collect` @public */
export const collectClusterRoute = defineApiRoute({
  operationId: 'collectCluster',
  method: 'post',
  path: '/fleet/clusters/:id/collect',
  room: 'fleet',
  summary: 'Collect a cluster now instead of when it is due',
  params,
  response: z.object({
    cluster: z.string(),
    /** Collectors that run as soon as a slot is free. */
    queued: z.number().int(),
    /** Collectors that run already or ran less than a minute ago. */
    skipped: z.number().int(),
  }),
  status: 202,
  permissions: [
    platformClusterReadPermission.name,
    platformClusterCollectPermission.name,
  ],
});
