import { z } from 'zod';
import { clusterSupportStateSchema } from '../support/supportSchemas';
import { catalogIndexSchema } from './ownershipSchemas';
import {
  clusterReasonSchema,
  clusterStateSchema,
  instantSchema,
} from './clusterSchemas';

/** The fleet in one answer: what the Fleet page shows before it is scrolled. @public */
export const fleetSummarySchema = z.object({
  asOf: instantSchema,
  clusters: z.object({
    total: z.number(),
    byState: z.partialRecord(clusterStateSchema, z.number()),
  }),
  /** Sums over the clusters whose figure is known; `unknownClusters` have none. */
  nodes: z.object({
    total: z.number(),
    ready: z.number(),
    unknownClusters: z.number(),
  }),
  workloads: z.object({
    total: z.number(),
    notReady: z.number(),
    unknownClusters: z.number(),
  }),
  pods: z.object({
    total: z.number(),
    ready: z.number(),
    unknownClusters: z.number(),
  }),
  /** Workloads by whether they belong to an entity; `null` until the catalog was read. */
  ownership: z.object({ owned: z.number(), unowned: z.number() }).nullable(),
  catalogIndex: catalogIndexSchema,
  /** Clusters by whether their version is still supported. */
  support: z.partialRecord(clusterSupportStateSchema, z.number()),
  oldestDataAt: instantSchema.nullable(),
  newestDataAt: instantSchema.nullable(),
  /** Version by environment; `minor` is `null` for clusters of unknown version. */
  versions: z.array(
    z.object({
      minor: z.string().nullable(),
      clusters: z.array(
        z.object({
          name: z.string(),
          environment: z.string().nullable(),
          state: clusterStateSchema,
        }),
      ),
    }),
  ),
  /** Clusters that are not fresh, worst first, with their first reason. */
  attention: z.array(
    z.object({
      cluster: z.string(),
      state: clusterStateSchema,
      reason: clusterReasonSchema,
    }),
  ),
  /** The first collection, while it goes on; absent when every job has run once. */
  firstCollection: z
    .object({
      clustersDone: z.number(),
      clustersTotal: z.number(),
      jobsDone: z.number(),
      jobsTotal: z.number(),
      objects: z.number(),
    })
    .optional(),
  /** Where the list of clusters comes from and how old it is. */
  clusterList: z.object({
    asOf: instantSchema.nullable(),
    error: z.string().optional(),
  }),
});

/** {@inheritDoc fleetSummarySchema} @public */
export type FleetSummary = z.infer<typeof fleetSummarySchema>;

/** One part of Roadbed, and what is wrong with it. @public */
export const healthCheckSchema = z.object({
  part: z.enum([
    'collection',
    'clusterList',
    'clusters',
    'catalog',
    'queue',
    'configuration',
  ]),
  /** `failed` parts are those without which Roadbed is not ready. */
  status: z.enum(['ok', 'degraded', 'failed']),
  /** One sentence per problem; empty when `ok`. */
  problems: z.array(z.string()),
});

/** {@inheritDoc healthCheckSchema} @public */
export type HealthCheck = z.infer<typeof healthCheckSchema>;

/** Whether Roadbed itself is well. @public */
export const healthSchema = z.object({
  /** The worst of the checks: `not_ready` when one failed. */
  status: z.enum(['ok', 'degraded', 'not_ready']),
  asOf: instantSchema,
  /** The problems of all checks; empty when `ok`. */
  problems: z.array(z.string()),
  checks: z.array(healthCheckSchema),
  database: z.object({ client: z.string() }),
  clusterList: z.object({
    asOf: instantSchema.nullable(),
    error: z.string().optional(),
  }),
  /** How current the copy of the catalog is. */
  catalogIndex: catalogIndexSchema,
  /** Of the clusters that the caller may see. */
  clusters: z.object({
    total: z.number(),
    /** Those that gave no answer several times in a row. */
    unreachable: z.number(),
  }),
  queue: z.object({
    jobs: z.number(),
    /** Jobs that are due and wait for a slot. */
    due: z.number(),
    running: z.number(),
    /** Seconds that the longest-waiting due job has waited. */
    longestWaitSeconds: z.number(),
  }),
  replica: z.object({ id: z.string(), slots: z.number(), busy: z.number() }),
});

/** {@inheritDoc healthSchema} @public */
export type Health = z.infer<typeof healthSchema>;

/** All that a probe is told. @public */
export const probeSchema = z.object({ status: z.literal('ok') });

/** {@inheritDoc probeSchema} @public */
export type Probe = z.infer<typeof probeSchema>;
