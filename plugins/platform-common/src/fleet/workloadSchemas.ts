import { z } from 'zod';

const instant = z.iso.datetime();

/** The kinds of workload that are collected. @public */
export const workloadKindSchema = z.enum([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
]);

/** {@inheritDoc workloadKindSchema} @public */
export type WorkloadKind = z.infer<typeof workloadKindSchema>;

/**
 * The verdict on a workload.
 *
 * - `failed`: a Job that failed, or a rollout past its progress deadline
 * - `not_ready`: fewer ready than wanted and no rollout going on
 * - `progressing`: a rollout or run is going on
 * - `ready`: as many ready as wanted
 * - `scaled_down`: wants none
 * - `suspended`: a suspended CronJob or Job
 * - `completed`: a Job that finished
 * - `unknown`: the cluster did not say
 *
 * @public
 */
export const workloadStatusSchema = z.enum([
  'failed',
  'not_ready',
  'progressing',
  'ready',
  'scaled_down',
  'suspended',
  'completed',
  'unknown',
]);

/** {@inheritDoc workloadStatusSchema} @public */
export type WorkloadStatus = z.infer<typeof workloadStatusSchema>;

/** An image of a workload's pod template, with the digests its pods really run. @public */
export const workloadImageSchema = z.object({
  container: z.string(),
  /** As written in the template, such as `registry.example/cart:4.18.2`. */
  image: z.string(),
  /** Digests seen on running pods; more than one in mid rollout; `null` when pods are not collected. */
  digests: z.array(z.string()).nullable(),
});

/** {@inheritDoc workloadImageSchema} @public */
export type WorkloadImage = z.infer<typeof workloadImageSchema>;

/** The pods of a workload, aggregated by their root owner. @public */
export const workloadPodsSchema = z.object({
  /** Pods by phase: Running, Pending, Succeeded, Failed, Unknown. */
  phases: z.record(z.string(), z.number()),
  ready: z.number(),
  /** Sum of container restarts over the pods that exist now. */
  restarts: z.number(),
  /** Number of different nodes. */
  nodes: z.number(),
  /** Waiting and terminated reasons such as CrashLoopBackOff, with pod counts. */
  reasons: z.record(z.string(), z.number()),
});

/** {@inheritDoc workloadPodsSchema} @public */
export type WorkloadPods = z.infer<typeof workloadPodsSchema>;

/**
 * What makes a workload an entity's, the strongest first.
 *
 * - `kubernetes-id`: its label or annotation `backstage.io/kubernetes-id`
 * - `label-selector`: the entity's namespace and label selector annotations
 * - `namespace-owner`: the owner annotation of its namespace
 * - `root-owner`: the object at the root of its ownerReferences is the entity's
 *
 * @public
 */
export const ownershipRuleSchema = z.enum([
  'kubernetes-id',
  'label-selector',
  'namespace-owner',
  'root-owner',
]);
/** {@inheritDoc ownershipRuleSchema} @public */
export type OwnershipRule = z.infer<typeof ownershipRuleSchema>;

/** An entity that a workload belongs to, and why. @public */
export const workloadOwnerSchema = z.object({
  /** Such as `component:default/cart`. */
  entityRef: z.string(),
  title: z.string().optional(),
  /** The group or user that owns the entity; `null` when it names none. */
  ownerRef: z.string().nullable(),
  rule: ownershipRuleSchema,
  /** What exactly matched, such as `label backstage.io/kubernetes-id=cart`. */
  detail: z.string(),
});
/** {@inheritDoc workloadOwnerSchema} @public */
export type WorkloadOwner = z.infer<typeof workloadOwnerSchema>;

/** A workload of the fleet. `null` means not known, never zero. @public */
export const workloadSchema = z.object({
  /** Opaque, unique over the fleet. */
  id: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  kind: workloadKindSchema,
  name: z.string(),
  status: workloadStatusSchema,
  /** One sentence when the status is not a good one. */
  statusMessage: z.string().nullable(),
  /** Pods that are wanted; of a Job the completions. */
  desired: z.number().nullable(),
  /** Pods that are ready; of a Job the completions so far. */
  ready: z.number().nullable(),
  images: z.array(workloadImageSchema),
  pods: workloadPodsSchema.nullable(),
  createdAt: instant.nullable(),
  /** When the row was last confirmed by a complete list of its kind. */
  asOf: instant.nullable(),
  /**
   * `unknown` until the catalog was read for the first time, and while it can
   * not be asked which of the owners the caller may read.
   */
  ownership: z.enum(['owned', 'unowned', 'unknown']),
  /** The entities it belongs to that the caller may read. */
  owners: z.array(workloadOwnerSchema),
  /** The state of the cluster it runs on, so that a list need not ask again. */
  clusterState: z.string(),
});

/** {@inheritDoc workloadSchema} @public */
export type Workload = z.infer<typeof workloadSchema>;
