import { z } from 'zod';
import { defineApiRoute } from '../api/apiRoute';
import {
  csvSchema,
  pageOf,
  pageQueryShape,
  repeatable,
} from '../api/pagination';
import { instantSchema } from './clusterSchemas';
import { facetsSchema } from './facetSchemas';
import {
  catalogIndexSchema,
  entityClusterSchema,
  entityMatchSchema,
  unownedWorkloadSchema,
} from './ownershipSchemas';
import { search, text } from './parameters';
import { platformClusterReadPermission } from './permissions';
import {
  workloadKindSchema,
  workloadSchema,
  workloadStatusSchema,
} from './workloadSchemas';

const permissions = [platformClusterReadPermission.name];

const sortShape = {
  sort: z
    .enum(['name', 'namespace', 'cluster', 'kind', 'status'])
    .default('name')
    .describe('By `status` the worst come first; ties are in a stable order'),
  order: pageQueryShape.order,
};

const filterShape = {
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
};

const ownerShape = {
  entity: repeatable(text).meta({
    description: 'References of entities that workloads belong to',
    examples: [['component:default/cart']],
  }),
  owner: repeatable(text).meta({
    description: 'References of groups or users that own those entities',
    examples: [['group:default/team-cart']],
  }),
};

const entityParams = z.strictObject({
  kind: text.meta({
    description: 'Kind of the entity',
    examples: ['component'],
  }),
  namespace: text.meta({
    description: 'Namespace of the entity',
    examples: ['default'],
  }),
  name: text.meta({ description: 'Name of the entity', examples: ['cart'] }),
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
    ...sortShape,
    ...filterShape,
    ...ownerShape,
  }),
  response: pageOf(workloadSchema),
  permissions,
});

/** `GET /fleet/workloads.csv` @public */
export const exportWorkloadsRoute = defineApiRoute({
  operationId: 'exportWorkloads',
  method: 'get',
  path: '/fleet/workloads.csv',
  room: 'fleet',
  summary: 'All workloads that pass the filters, as CSV',
  query: z.strictObject({ ...sortShape, ...filterShape, ...ownerShape }),
  response: csvSchema,
  produces: 'text/csv',
  permissions,
});

/** `GET /fleet/facets/workloads` @public */
export const getWorkloadFacetsRoute = defineApiRoute({
  operationId: 'getWorkloadFacets',
  method: 'get',
  path: '/fleet/facets/workloads',
  room: 'fleet',
  summary: 'What workloads can be filtered by, with counts',
  query: z.strictObject({ ...filterShape, ...ownerShape }),
  response: facetsSchema,
  permissions,
});

/** `GET /fleet/unowned` @public */
export const listUnownedWorkloadsRoute = defineApiRoute({
  operationId: 'listUnownedWorkloads',
  method: 'get',
  path: '/fleet/unowned',
  room: 'fleet',
  summary: 'Workloads that belong to no entity, and what would change that',
  query: z.strictObject({ ...pageQueryShape, ...sortShape, ...filterShape }),
  response: pageOf(unownedWorkloadSchema).extend({
    catalogIndex: catalogIndexSchema,
  }),
  permissions,
});

/** `GET /fleet/unowned.csv` @public */
export const exportUnownedWorkloadsRoute = defineApiRoute({
  operationId: 'exportUnownedWorkloads',
  method: 'get',
  path: '/fleet/unowned.csv',
  room: 'fleet',
  summary: 'All workloads without an entity that pass the filters, as CSV',
  query: z.strictObject({ ...sortShape, ...filterShape }),
  response: csvSchema,
  produces: 'text/csv',
  permissions,
});

/** `GET /fleet/facets/unowned` @public */
export const getUnownedFacetsRoute = defineApiRoute({
  operationId: 'getUnownedFacets',
  method: 'get',
  path: '/fleet/facets/unowned',
  room: 'fleet',
  summary: 'What workloads without an entity can be filtered by, with counts',
  query: z.strictObject(filterShape),
  response: facetsSchema,
  permissions,
});

/** `GET /fleet/by-entity/:kind/:namespace/:name` @public */
export const listEntityWorkloadsRoute = defineApiRoute({
  operationId: 'listEntityWorkloads',
  method: 'get',
  path: '/fleet/by-entity/:kind/:namespace/:name',
  room: 'fleet',
  summary: 'Where an entity runs: its clusters and workloads',
  params: entityParams,
  query: z.strictObject({
    ...pageQueryShape,
    ...sortShape,
    sort: sortShape.sort
      .unwrap()
      .default('status')
      .describe('By `status` the worst come first; ties are in a stable order'),
    ...filterShape,
  }),
  response: pageOf(workloadSchema).extend({
    entityRef: z.string(),
    asOf: instantSchema,
    match: entityMatchSchema,
    catalogIndex: catalogIndexSchema,
    /** All clusters it runs on, the filters aside; worst first, at most 50. */
    clusters: z.array(entityClusterSchema),
    /** Figures over all its workloads, the filters aside. */
    totals: z.object({
      clusters: z.number(),
      workloads: z.number(),
      notReady: z.number(),
    }),
  }),
  permissions: ['catalog.entity.read', platformClusterReadPermission.name],
});

/** `GET /fleet/by-entity/:kind/:namespace/:name/workloads.csv` @public */
export const exportEntityWorkloadsRoute = defineApiRoute({
  operationId: 'exportEntityWorkloads',
  method: 'get',
  path: '/fleet/by-entity/:kind/:namespace/:name/workloads.csv',
  room: 'fleet',
  summary: 'The workloads of an entity that pass the filters, as CSV',
  params: entityParams,
  query: z.strictObject({ ...sortShape, ...filterShape }),
  response: csvSchema,
  produces: 'text/csv',
  permissions: ['catalog.entity.read', platformClusterReadPermission.name],
});

/** `GET /fleet/entity-clusters` @public */
export const listEntityClustersRoute = defineApiRoute({
  operationId: 'listEntityClusters',
  method: 'get',
  path: '/fleet/entity-clusters',
  room: 'fleet',
  summary: 'Which entities run on which clusters, for the catalog',
  query: z.strictObject({
    limit: pageQueryShape.limit,
    cursor: pageQueryShape.cursor,
    cluster: filterShape.cluster,
  }),
  response: pageOf(
    z.object({
      entityRef: z.string(),
      cluster: z.string(),
      workloads: z.number(),
    }),
  ).extend({ catalogIndex: catalogIndexSchema }),
  permissions: ['catalog.entity.read', platformClusterReadPermission.name],
});
