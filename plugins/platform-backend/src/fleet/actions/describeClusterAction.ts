import { clusterOutput, toClusterOutput } from './actionSchemas';
import { READ_ONLY, type ActionOptions } from './fleetAction';

/** Days of history that are answered. */
const HISTORY_DAYS = 30;

/** Registers `describe-cluster`. */
export function registerDescribeCluster(options: ActionOptions): void {
  const { actionsRegistry, askPlatform } = options;
  actionsRegistry.register({
    name: 'describe-cluster',
    title: 'Describe a Kubernetes cluster',
    description: `Everything that is known about one cluster: its facts, node pools with kubelet versions, what was collected and what was not and why, other names that lead to it, and the last ${HISTORY_DAYS} days of its version and size. Use list-clusters to find the name.`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            cluster: z.string().min(1).describe('The name of the cluster'),
          })
          .strict(),
      output: z =>
        z.object({
          ...clusterOutput(z),
          entityRef: z
            .string()
            .nullable()
            .describe('The catalog resource that describes it'),
          otherNames: z.array(z.string()),
          maintenanceWindow: z.string().nullable(),
          nodePools: z.array(
            z.object({
              name: z.string(),
              nodes: z.number(),
              ready: z.number(),
              kubeletVersions: z
                .record(z.string(), z.number())
                .describe('Node counts by kubelet version'),
            }),
          ),
          notCollected: z
            .array(
              z.object({
                collector: z.string(),
                state: z.string(),
                message: z.string().nullable(),
              }),
            )
            .describe('What is missing from the picture, and why'),
          history: z.array(
            z.object({
              day: z.string(),
              version: z.string().nullable(),
              nodes: z.number().nullable(),
              workloads: z.number().nullable(),
            }),
          ),
        }),
    },
    async action({ input, credentials }) {
      const cluster = await askPlatform(credentials, (platform, request) =>
        platform.getCluster({ id: input.cluster }, request),
      );
      return {
        output: {
          ...toClusterOutput(cluster),
          entityRef: cluster.entityRef,
          otherNames: cluster.identity.otherNames,
          maintenanceWindow:
            cluster.attributes.maintenanceWindow?.value ?? null,
          nodePools: cluster.nodePools.map(
            ({ name, nodes, ready, kubeletVersions }) => ({
              name,
              nodes,
              ready,
              kubeletVersions,
            }),
          ),
          notCollected: cluster.coverage
            .filter(({ problem }) => problem)
            .map(({ title, state, problem }) => ({
              collector: title,
              state,
              message: problem?.message ?? null,
            })),
          history: cluster.history.slice(-HISTORY_DAYS),
        },
      };
    },
  });
}
