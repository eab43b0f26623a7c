import { defineApiRoute } from '../api/apiRoute';
import {
  platformClusterReadPermission,
  platformHealthReadPermission,
} from './permissions';
import { fleetSummarySchema, healthSchema } from './summarySchemas';

/** `GET /fleet/summary` @public */
export const getFleetSummaryRoute = defineApiRoute({
  operationId: 'getFleetSummary',
  method: 'get',
  path: '/fleet/summary',
  room: 'fleet',
  summary: 'The fleet in one answer: states, versions and what needs attention',
  response: fleetSummarySchema,
  permissions: [platformClusterReadPermission.name],
});

/** `GET /health` @public */
export const getHealthRoute = defineApiRoute({
  operationId: 'getHealth',
  method: 'get',
  path: '/health',
  room: 'fleet',
  summary: 'Whether Roadbed itself is well: database, cluster list, queue',
  response: healthSchema,
  permissions: [platformHealthReadPermission.name],
});
