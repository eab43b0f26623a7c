import {
  anyOf,
  CLUSTER_STATES,
  clusterOutput,
  pageInput,
  pageOutput,
  someOf,
  SUPPORT_STATES,
  toClusterOutput,
} from './actionSchemas';
import { READ_ONLY, type ActionOptions } from './fleetAction';

/** Registers `list-clusters`. */
export function registerListClusters(options: ActionOptions): void {
  const { actionsRegistry, askPlatform } = options;
  actionsRegistry.register({
    name: 'list-clusters',
    title: 'List Kubernetes clusters',
    description:
      'Lists the Kubernetes clusters of the fleet that you may see, with version, support state, nodes, workloads and how old the picture is. A figure that is null is not known. Filters of one field are alternatives, filters of several fields must all hold; the value "unknown" finds clusters of which the field is not known.',
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            search: z.string().optional().describe('Part of the name or title'),
            environment: anyOf(z, 'Such as prod'),
            ring: anyOf(z, 'Such as 1'),
            provider: anyOf(z, 'Such as EKS'),
            region: anyOf(z, 'Such as eu-west-1'),
            owner: anyOf(z, 'Such as group:default/platform'),
            kubernetesMinor: anyOf(z, 'Such as 1.34'),
            supportState: someOf(z, {
              values: SUPPORT_STATES,
              description: 'Whether the version is still supported',
            }),
            state: someOf(z, {
              values: CLUSTER_STATES,
              description: 'How far the stored picture can be trusted',
            }),
            ...pageInput(z),
          })
          .strict(),
      output: z =>
        z.object({
          clusters: z.array(z.object(clusterOutput(z))),
          ...pageOutput(z),
        }),
    },
    async action({ input, credentials }) {
      const { search, kubernetesMinor, supportState, ...query } = input;
      const page = await askPlatform(credentials, (platform, request) =>
        platform.listClusters(
          {
            ...query,
            q: search,
            minor: kubernetesMinor,
            support: supportState,
          },
          request,
        ),
      );
      return {
        output: {
          clusters: page.items.map(toClusterOutput),
          totalItems: page.totalItems,
          nextCursor: page.pageInfo.nextCursor,
        },
      };
    },
  });
}
