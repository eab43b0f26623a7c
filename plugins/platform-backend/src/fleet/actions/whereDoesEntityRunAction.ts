import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  pageInput,
  pageOutput,
  toWorkloadOutput,
  workloadOutput,
} from './actionSchemas';
import { READ_ONLY, type ActionOptions } from './fleetAction';

/** Registers `where-does-entity-run`. */
export function registerWhereDoesEntityRun(options: ActionOptions): void {
  const { actionsRegistry, askPlatform } = options;
  actionsRegistry.register({
    name: 'where-does-entity-run',
    title: 'Where does an entity run?',
    description:
      'The clusters and workloads of a catalog entity: of a component its own, of a group or user those of what it owns, of a system those of its parts. Workloads come worst first. Annotations of the entity that can not be used are listed as problems.',
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            entityRef: z
              .string()
              .describe(
                'Such as component:default/cart; `cart` is a component',
              ),
            ...pageInput(z),
          })
          .strict(),
      output: z =>
        z.object({
          entityRef: z.string(),
          catalogReadAt: z
            .string()
            .nullable()
            .describe('When the catalog was read; null: ownership is unknown'),
          totals: z.object({
            clusters: z.number(),
            workloads: z.number(),
            notReady: z.number(),
          }),
          clusters: z.array(
            z.object({
              name: z.string(),
              environment: z.string().nullable(),
              state: z.string(),
              reason: z.string().nullable(),
              workloads: z.number(),
              notReady: z.number(),
            }),
          ),
          workloads: z.array(z.object(workloadOutput(z))),
          problems: z.array(
            z.object({
              annotation: z.string(),
              value: z.string(),
              message: z.string(),
            }),
          ),
          ...pageOutput(z),
        }),
    },
    async action({ input, credentials }) {
      const { entityRef, ...query } = input;
      const params = readRef(entityRef);
      const answer = await askPlatform(credentials, (platform, request) =>
        platform.listEntityWorkloads(params, query, request),
      );
      return {
        output: {
          entityRef: answer.entityRef,
          catalogReadAt: answer.catalogIndex.asOf,
          totals: answer.totals,
          clusters: answer.clusters.map(
            ({ name, environment, state, reason, workloads, notReady }) => ({
              name,
              environment,
              state,
              reason,
              workloads,
              notReady,
            }),
          ),
          workloads: answer.items.map(toWorkloadOutput),
          problems: answer.match.problems,
          totalItems: answer.totalItems,
          nextCursor: answer.pageInfo.nextCursor,
        },
      };
    },
  });
}

function readRef(entityRef: string) {
  try {
    return parseEntityRef(entityRef, { defaultKind: 'component' });
  } catch {
    throw new InputError(
      `entityRef: expected a reference such as component:default/cart, got ${JSON.stringify(
        entityRef,
      )}`,
    );
  }
}
