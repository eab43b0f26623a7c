import { defineApiRoute } from '../api/apiRoute';
import {
  platformClusterReadPermission,
  platformHealthReadPermission,
} from './permissions';
import {
  fleetSummarySchema,
  healthSchema,
  probeSchema,
} from './summarySchemas';

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
  summary:
    'Whether Roadbed itself is well, part by part, and what is wrong with it',
  response: healthSchema,
  permissions: [platformHealthReadPermission.name],
});

/** `GET /health/live` @public */
export const getLivenessRoute = defineApiRoute({
  operationId: 'getLiveness',
  method: 'get',
  path: '/health/live',
  room: 'fleet',
  summary: 'Whether the process answers; restarting it helps when it does not',
  response: probeSchema,
  access: 'anyone',
  permissions: [],
});

/** `GET /health/ready` @public */
export const getReadinessRoute = defineApiRoute({
  operationId: 'getReadiness',
  method: 'get',
  path: '/health/ready',
  room: 'fleet',
  summary:
    'Whether this replica serves and collects; 503 while it does not, and /health says why',
  response: probeSchema,
  access: 'anyone',
  permissions: [],
});
