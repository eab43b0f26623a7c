import {
  anyOf,
  pageInput,
  pageOutput,
  someOf,
  toWorkloadOutput,
  WORKLOAD_KINDS,
  workloadOutput,
} from './actionSchemas';
import { READ_ONLY, type ActionOptions } from './fleetAction';

/** Registers `list-unowned-workloads`. */
export function registerListUnownedWorkloads(options: ActionOptions): void {
  const { actionsRegistry, askPlatform } = options;
  actionsRegistry.register({
    name: 'list-unowned-workloads',
    title: 'List workloads that nobody owns',
    description:
      'Lists workloads that belong to no entity of the catalog, each with a hint: the label or annotation to add so that it is owned, and the entity that it resembles.',
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            search: z.string().optional().describe('Part of the name'),
            cluster: anyOf(z, 'Names of clusters'),
            namespace: anyOf(z, 'Names of namespaces'),
            kind: someOf(z, {
              values: WORKLOAD_KINDS,
              description: 'Kinds of workload',
            }),
            ...pageInput(z),
          })
          .strict(),
      output: z =>
        z.object({
          catalogReadAt: z
            .string()
            .nullable()
            .describe('When the catalog was read; null: ownership is unknown'),
          workloads: z.array(
            z.object({
              ...workloadOutput(z),
              hint: z.object({
                add: z.string().describe('The label or annotation'),
                value: z.string().optional(),
                to: z.enum(['workload', 'namespace']),
                entityRef: z.string().optional(),
                because: z.string(),
              }),
            }),
          ),
          ...pageOutput(z),
        }),
    },
    async action({ input, credentials }) {
      const { search, ...query } = input;
      const page = await askPlatform(credentials, (platform, request) =>
        platform.listUnownedWorkloads({ ...query, q: search }, request),
      );
      return {
        output: {
          catalogReadAt: page.catalogIndex.asOf,
          workloads: page.items.map(({ hint, ...workload }) => ({
            ...toWorkloadOutput(workload),
            hint: {
              add: hint.key,
              value: hint.value,
              to: hint.target,
              entityRef: hint.entityRef,
              because: hint.because,
            },
          })),
          totalItems: page.totalItems,
          nextCursor: page.pageInfo.nextCursor,
        },
      };
    },
  });
}
