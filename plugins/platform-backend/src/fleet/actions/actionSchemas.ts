import type { ActionsRegistryActionOptions } from '@backstage/backend-plugin-api/alpha';
import {
  clusterStateSchema,
  clusterSupportStateSchema,
  workloadKindSchema,
  workloadStatusSchema,
  type Cluster,
  type Workload,
} from '@roadbed/backstage-plugin-platform-common';

/** The zod of the actions registry, which is an older one than ours. */
export type ActionZod = Parameters<
  ActionsRegistryActionOptions<any, any>['schema']['input']
>[0];

/** Rows that an action answers when it is not told. */
const DEFAULT_LIMIT = 25;
/** The most rows that an action answers: answers are read by people and models. */
const MAX_LIMIT = 100;

/** The input of every action that answers a list. */
export const pageInput = (z: ActionZod) => ({
  limit: z
    .number()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .default(DEFAULT_LIMIT)
    .describe(`Rows per answer, 1 to ${MAX_LIMIT}`),
  cursor: z
    .string()
    .optional()
    .describe('nextCursor of the answer before, with the same filters'),
});

/** Where a list goes on. */
export const pageOutput = (z: ActionZod) => ({
  totalItems: z.number().describe('Rows that match, over all pages'),
  nextCursor: z
    .string()
    .optional()
    .describe('Pass it as cursor to get the next rows; absent at the end'),
});

/** A filter that takes alternatives. */
export const anyOf = (z: ActionZod, description: string) =>
  z.array(z.string()).max(100).optional().describe(description);

/** A filter that takes some of a few values. */
export const someOf = <T extends readonly [string, ...string[]]>(
  z: ActionZod,
  options: { values: T; description: string },
) => z.array(z.enum(options.values)).optional().describe(options.description);

const asTuple = <T extends string>(values: readonly T[]) =>
  values as readonly T[] as [T, ...T[]];

export const CLUSTER_STATES = asTuple(clusterStateSchema.options);
export const SUPPORT_STATES = asTuple(clusterSupportStateSchema.options);
export const WORKLOAD_KINDS = asTuple(workloadKindSchema.options);
export const WORKLOAD_STATUSES = asTuple(workloadStatusSchema.options);

/** A cluster as an action answers it. */
export const clusterOutput = (z: ActionZod) => ({
  name: z.string(),
  title: z.string().optional(),
  state: z
    .enum(CLUSTER_STATES)
    .describe('How far the stored picture can be trusted'),
  reasons: z
    .array(
      z.object({
        code: z.string(),
        message: z.string(),
        remedy: z.string().optional(),
      }),
    )
    .describe('Why it is in this state, most important first'),
  environment: z.string().nullable(),
  ring: z.string().nullable(),
  provider: z.string().nullable(),
  region: z.string().nullable(),
  owner: z.string().nullable().describe('Entity reference'),
  kubernetesVersion: z.string().nullable(),
  supportState: z.enum(SUPPORT_STATES),
  supportEnds: z
    .object({ kind: z.string(), date: z.string() })
    .nullable()
    .describe('The next end of support, or the last one that has passed'),
  nodes: z.object({ total: z.number(), ready: z.number() }).nullable(),
  workloads: z.object({ total: z.number(), notReady: z.number() }).nullable(),
  oldestDataAt: z
    .string()
    .nullable()
    .describe('The age of the oldest part of this picture, ISO 8601'),
});

/** A workload as an action answers it. */
export const workloadOutput = (z: ActionZod) => ({
  cluster: z.string(),
  namespace: z.string(),
  kind: z.enum(WORKLOAD_KINDS),
  name: z.string(),
  status: z.enum(WORKLOAD_STATUSES),
  statusMessage: z.string().nullable(),
  desired: z.number().nullable().describe('Pods that are wanted'),
  ready: z.number().nullable().describe('Pods that are ready'),
  images: z.array(z.string()),
  asOf: z.string().nullable().describe('When this was seen last, ISO 8601'),
});

/** A cluster, for {@link clusterOutput}. */
export function toClusterOutput(cluster: Cluster) {
  const { attributes, version, support } = cluster;
  return {
    name: cluster.name,
    title: cluster.title,
    state: cluster.state,
    reasons: cluster.reasons.map(({ code, message, remedy }) => ({
      code,
      message,
      remedy,
    })),
    environment: attributes.environment?.value ?? null,
    ring: attributes.ring?.value ?? null,
    provider: attributes.provider?.value ?? null,
    region: attributes.region?.value ?? null,
    owner: attributes.owner?.value ?? null,
    kubernetesVersion: version?.gitVersion ?? null,
    supportState: support.state,
    supportEnds: support.nextEnd,
    nodes: cluster.nodes,
    workloads: cluster.workloads,
    oldestDataAt: cluster.oldestDataAt,
  };
}

/** A workload, for {@link workloadOutput}. */
export function toWorkloadOutput(workload: Workload) {
  return {
    cluster: workload.cluster,
    namespace: workload.namespace,
    kind: workload.kind,
    name: workload.name,
    status: workload.status,
    statusMessage: workload.statusMessage,
    desired: workload.desired,
    ready: workload.ready,
    images: workload.images.map(({ image }) => image),
    asOf: workload.asOf,
  };
}
