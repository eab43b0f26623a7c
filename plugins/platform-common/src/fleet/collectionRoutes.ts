import { z } from 'zod';
import { defineApiRoute } from '../api/apiRoute';
import {
  csvSchema,
  pageOf,
  pageQueryShape,
  repeatable,
} from '../api/pagination';
import { collectionSchema } from './coverageSchemas';
import { text } from './parameters';
import { platformClusterReadPermission } from './permissions';

const permissions = [platformClusterReadPermission.name];

const filterShape = {
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
};

/** `GET /fleet/collections` @public */
export const listCollectionsRoute = defineApiRoute({
  operationId: 'listCollections',
  method: 'get',
  path: '/fleet/collections',
  room: 'fleet',
  summary: 'The ledger: every run of every collector, newest first by default',
  query: z.strictObject({ ...pageQueryShape, ...filterShape }),
  response: pageOf(collectionSchema),
  permissions,
});

/** `GET /fleet/collections.csv` @public */
export const exportCollectionsRoute = defineApiRoute({
  operationId: 'exportCollections',
  method: 'get',
  path: '/fleet/collections.csv',
  room: 'fleet',
  summary: 'All runs that pass the filters, as CSV',
  query: z.strictObject(filterShape),
  response: csvSchema,
  produces: 'text/csv',
  permissions,
});
