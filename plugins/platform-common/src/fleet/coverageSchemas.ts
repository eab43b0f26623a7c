import { z } from 'zod';

const instant = z.iso.datetime();

/** A rule of a ClusterRole. @public */
export const missingRuleSchema = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  verbs: z.array(z.string()),
});
/** {@inheritDoc missingRuleSchema} @public */
export type MissingRule = z.infer<typeof missingRuleSchema>;

/**
 * What stands in the way of a collector.
 *
 * @public
 */
export const coverageProblemSchema = z.object({
  /** Stable code: `forbidden`, `unauthorized`, `connect_timeout`, `truncated`… */
  code: z.string(),
  message: z.string(),
  /** The RBAC rule that would help, ready for a ClusterRole, when that is the cause. */
  missingRule: missingRuleSchema.optional(),
});

/** {@inheritDoc coverageProblemSchema} @public */
export type CoverageProblem = z.infer<typeof coverageProblemSchema>;

/**
 * What one collector has from one cluster, and how old that is.
 *
 * - `pending`: has not run yet
 * - `collected`: the last run was complete and is within its cadence
 * - `stale`: there is data, but the newest complete run is too old
 * - `not_collected`: may not be read (403) or has never been read completely
 * - `not_served`: the cluster does not serve this API
 *
 * @public
 */
export const coverageSchema = z.object({
  collector: z.string(),
  title: z.string(),
  state: z.enum([
    'pending',
    'collected',
    'stale',
    'not_collected',
    'not_served',
  ]),
  /** Rows that are stored; not a count of the cluster when not `collected`. */
  objects: z.number(),
  /** When the last complete run finished. */
  asOf: instant.nullable(),
  lastAttemptAt: instant.nullable(),
  nextDueAt: instant.nullable(),
  cadenceSeconds: z.number(),
  problem: coverageProblemSchema.optional(),
  /** Present while a run is going on. `expected` is the server's estimate. */
  progress: z
    .object({ objects: z.number(), expected: z.number().nullable() })
    .optional(),
});

/** {@inheritDoc coverageSchema} @public */
export type Coverage = z.infer<typeof coverageSchema>;

/** One run of one collector against one cluster: a row of the ledger. @public */
export const collectionSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  collector: z.string(),
  startedAt: instant,
  finishedAt: instant,
  durationMs: z.number(),
  outcome: z.enum(['success', 'partial', 'error']),
  /** Objects that the cluster listed. */
  objects: z.number(),
  pages: z.number(),
  requests: z.number(),
  /** Bytes on the wire, before decompression. */
  bytes: z.number(),
  upserted: z.number(),
  deleted: z.number(),
  unchanged: z.number(),
  resourceVersion: z.string().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** The replica that ran it, and the fencing epoch of its lease. */
  replica: z.string(),
  epoch: z.number(),
});

/** {@inheritDoc collectionSchema} @public */
export type Collection = z.infer<typeof collectionSchema>;
