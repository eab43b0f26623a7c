import { z } from 'zod';
import {
  clusterSupportDetailSchema,
  clusterSupportSchema,
} from '../support/supportSchemas';
import { coverageSchema, missingRuleSchema } from './coverageSchemas';

/** An instant, ISO 8601 in UTC. @public */
export const instantSchema = z.iso.datetime();

/**
 * How far the stored picture of a cluster can be trusted, worst first.
 *
 * - `not_collectable`: Roadbed has no way in, and `reasons` says why
 * - `duplicate`: a second name of a cluster that is collected under another one
 * - `missing`: left the portal's cluster list; kept through the grace period
 * - `unreachable`: the last attempts got no answer; the rows are the last good ones
 * - `collecting`: the first collection has not finished yet
 * - `stale`: answers, but some data is older than its cadence allows
 * - `partial`: fresh, but some collectors may not read what they need
 * - `fresh`: everything that is collected is within its cadence
 *
 * @public
 */
export const clusterStateSchema = z.enum([
  'not_collectable',
  'duplicate',
  'missing',
  'unreachable',
  'collecting',
  'stale',
  'partial',
  'fresh',
]);

/** {@inheritDoc clusterStateSchema} @public */
export type ClusterState = z.infer<typeof clusterStateSchema>;

/**
 * Why a cluster is in its state: a code for programs, words for people, and
 * what to do about it.
 *
 * @public
 */
export const clusterReasonSchema = z.object({
  /** Stable machine-readable code such as `forbidden` or `connect_timeout`. */
  code: z.string(),
  /** One sentence for a person. */
  message: z.string(),
  /** What to do, where there is something to do. */
  remedy: z.string().optional(),
  /** The collector it concerns; absent when it concerns the whole cluster. */
  collector: z.string().optional(),
  /** Since when, where that is known. */
  since: instantSchema.optional(),
  /** The RBAC rule that would help, when that is the cause. */
  missingRule: missingRuleSchema.optional(),
});

/** {@inheritDoc clusterReasonSchema} @public */
export type ClusterReason = z.infer<typeof clusterReasonSchema>;

/**
 * Where a fact about a cluster comes from, the most trusted first: `config` is
 * app-config, `catalog` a resource of the catalog, `cluster` the cluster itself.
 *
 * @public
 */
export const attributeOriginSchema = z.enum(['config', 'catalog', 'cluster']);
/** {@inheritDoc attributeOriginSchema} @public */
export type AttributeOrigin = z.infer<typeof attributeOriginSchema>;

const attributeSourceSchema = z.object({
  value: z.string(),
  origin: attributeOriginSchema,
  /** What exactly was read, such as `node label topology.kubernetes.io/region`. */
  detail: z.string().optional(),
});

/**
 * A fact about a cluster together with where it comes from.
 *
 * @public
 */
export const attributeSchema = attributeSourceSchema.extend({
  /** What less trusted origins say instead; absent when none disagrees. */
  conflicts: z.array(attributeSourceSchema).optional(),
});

/** {@inheritDoc attributeSchema} @public */
export type ClusterAttribute = z.infer<typeof attributeSchema>;

/**
 * The Kubernetes version of a cluster, as strings all the way: `1.10` is not `1.1`.
 *
 * @public
 */
export const clusterVersionSchema = z.object({
  /** As the API server says it, such as `v1.34.4-eks-abc123`. */
  gitVersion: z.string(),
  /** The effective minor such as `1.34`: the emulated one where the server names it. */
  minor: z.string(),
  /** `true` when `minor` is the emulated version and differs from the binary's. */
  emulated: z.boolean(),
});

/** {@inheritDoc clusterVersionSchema} @public */
export type ClusterVersion = z.infer<typeof clusterVersionSchema>;

/** A cluster as the fleet lists it. `null` means not known, never zero. @public */
export const clusterSchema = z.object({
  /** The cluster's name in the portal's Kubernetes configuration. */
  id: z.string(),
  name: z.string(),
  title: z.string().optional(),
  state: clusterStateSchema,
  /** Why it is in this state, most important first; empty when `fresh`. */
  reasons: z.array(clusterReasonSchema),
  attributes: z.object({
    environment: attributeSchema.optional(),
    ring: attributeSchema.optional(),
    provider: attributeSchema.optional(),
    region: attributeSchema.optional(),
    /** Entity reference of the owning group or user. */
    owner: attributeSchema.optional(),
    /** When changes may be made, in words or as a cron expression. */
    maintenanceWindow: attributeSchema.optional(),
  }),
  /** The resource of the catalog that describes it; `null` when there is none. */
  entityRef: z.string().nullable(),
  version: clusterVersionSchema.nullable(),
  support: clusterSupportSchema,
  nodes: z.object({ total: z.number(), ready: z.number() }).nullable(),
  namespaces: z.number().nullable(),
  workloads: z.object({ total: z.number(), notReady: z.number() }).nullable(),
  /** Pods that are not finished, and how many of them are ready. */
  pods: z.object({ total: z.number(), ready: z.number() }).nullable(),
  /** The age of the oldest part of the picture; `null` before anything was collected. */
  oldestDataAt: instantSchema.nullable(),
  /** The age of the newest part of the picture. */
  newestDataAt: instantSchema.nullable(),
});

/** {@inheritDoc clusterSchema} @public */
export type Cluster = z.infer<typeof clusterSchema>;

/**
 * Who a cluster is: the UID of its `kube-system` namespace.
 *
 * @public
 */
export const clusterIdentitySchema = z.object({
  /** `null` until it could be read. */
  uid: z.string().nullable(),
  verifiedAt: instantSchema.nullable(),
  /** Other names in the cluster list that lead to the same cluster. */
  otherNames: z.array(z.string()),
  /** Clusters this name led to before, newest first; their rows are kept apart. */
  previous: z.array(
    z.object({
      uid: z.string().nullable(),
      firstSeenAt: instantSchema,
      replacedAt: instantSchema,
    }),
  ),
});

/** {@inheritDoc clusterIdentitySchema} @public */
export type ClusterIdentity = z.infer<typeof clusterIdentitySchema>;

/** Nodes that belong together. @public */
export const nodePoolSchema = z.object({
  /** The provider's pool label, or the instance type, or `nodes`. */
  name: z.string(),
  nodes: z.number(),
  ready: z.number(),
  cordoned: z.number(),
  /** kubelet versions with their node counts. */
  kubeletVersions: z.record(z.string(), z.number()),
  instanceTypes: z.array(z.string()),
  zones: z.array(z.string()),
});

/** {@inheritDoc nodePoolSchema} @public */
export type NodePool = z.infer<typeof nodePoolSchema>;

/** One day in the life of a cluster. @public */
export const clusterDaySchema = z.object({
  /** `YYYY-MM-DD`, UTC. */
  day: z.string(),
  version: z.string().nullable(),
  nodes: z.number().nullable(),
  workloads: z.number().nullable(),
});

/** {@inheritDoc clusterDaySchema} @public */
export type ClusterDay = z.infer<typeof clusterDaySchema>;

/** Everything that is known about one cluster. @public */
export const clusterDetailSchema = clusterSchema.extend({
  support: clusterSupportDetailSchema,
  /** `direct` through the bridge module, `proxy` through the Kubernetes plugin. */
  access: z.enum(['direct', 'proxy']).nullable(),
  identity: clusterIdentitySchema,
  coverage: z.array(coverageSchema),
  nodePools: z.array(nodePoolSchema),
  history: z.array(clusterDaySchema),
});

/** {@inheritDoc clusterDetailSchema} @public */
export type ClusterDetail = z.infer<typeof clusterDetailSchema>;
