import { z } from 'zod';
import { clusterStateSchema, instantSchema } from './clusterSchemas';
import { workloadSchema } from './workloadSchemas';

/**
 * How far the copy of the catalog that ownership is decided by can be trusted.
 *
 * @public
 */
export const catalogIndexSchema = z.object({
  /** When the whole catalog was read last; `null` if it never was, and then ownership is unknown. */
  asOf: instantSchema.nullable(),
  /** Why the last attempt failed; the rows are those of `asOf`. */
  error: z.string().optional(),
});
/** {@inheritDoc catalogIndexSchema} @public */
export type CatalogIndex = z.infer<typeof catalogIndexSchema>;

/**
 * Why a workload might be whose: what to add so that it is owned.
 *
 * @public
 */
export const ownershipHintSchema = z.object({
  /** The label or annotation to add, such as `backstage.io/kubernetes-id`. */
  key: z.string(),
  /** Its value; absent when no entity resembles the workload. */
  value: z.string().optional(),
  /** What to add it to: the workload itself or its namespace. */
  target: z.enum(['workload', 'namespace']),
  /** The entity that it resembles and that would own it then. */
  entityRef: z.string().optional(),
  title: z.string().optional(),
  /**
   * - `same_name`: the entity is called like the workload
   * - `same_image`: like its image
   * - `part_of`: like its `app.kubernetes.io/part-of`, `name` or `instance` label
   * - `similar_name`: nearly like the workload
   * - `same_namespace`: it owns other workloads of the namespace
   * - `none`: nothing resembles it
   */
  because: z.enum([
    'same_name',
    'same_image',
    'part_of',
    'similar_name',
    'same_namespace',
    'none',
  ]),
  /** A claim that names no entity of the catalog, and what to do about it. */
  problem: z.string().optional(),
});
/** {@inheritDoc ownershipHintSchema} @public */
export type OwnershipHint = z.infer<typeof ownershipHintSchema>;

/** A workload that belongs to no entity of the catalog. @public */
export const unownedWorkloadSchema = workloadSchema.extend({
  hint: ownershipHintSchema,
});
/** {@inheritDoc unownedWorkloadSchema} @public */
export type UnownedWorkload = z.infer<typeof unownedWorkloadSchema>;

/** A cluster that an entity runs on. @public */
export const entityClusterSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  environment: z.string().nullable(),
  state: clusterStateSchema,
  /** One sentence when the state is not `fresh`. */
  reason: z.string().nullable(),
  workloads: z.number(),
  notReady: z.number(),
  oldestDataAt: instantSchema.nullable(),
});
/** {@inheritDoc entityClusterSchema} @public */
export type EntityCluster = z.infer<typeof entityClusterSchema>;

/**
 * How the workloads of an entity are found.
 *
 * - `entity`: they belong to the entity itself
 * - `owner`: they belong to entities that this group or user owns
 * - `system`: they belong to entities that are part of this system
 * - `cluster`: they run on the cluster that this resource describes
 *
 * @public
 */
export const entityMatchSchema = z.object({
  through: z.enum(['entity', 'owner', 'system', 'cluster']),
  /** Annotations of the entity that select workloads; empty when it has none. */
  selectors: z.array(z.object({ annotation: z.string(), value: z.string() })),
  /** An annotation that can not be used, what is wrong with it and what to do. */
  problems: z.array(
    z.object({
      annotation: z.string(),
      value: z.string(),
      message: z.string(),
    }),
  ),
});
/** {@inheritDoc entityMatchSchema} @public */
export type EntityMatch = z.infer<typeof entityMatchSchema>;
