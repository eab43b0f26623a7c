import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { expectationOf, keysAt, valueAt } from '../schemaIssues';
import { durationSchema } from './durationSchema';
import { suggest } from './suggest';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const text = z.string().min(1);

const clusterSettingsSchema = z.strictObject({
  name: text,
  environment: text.optional(),
  ring: text.optional(),
  provider: text.optional(),
  region: text.optional(),
  owner: text.optional(),
  maintenanceWindow: text.optional(),
});

/** What the configuration says about one cluster. */
export type ClusterSettings = z.infer<typeof clusterSettingsSchema>;

/** The keys of the section `platform`, their defaults and bounds. */
export const platformConfigSchema = z.strictObject({
  collect: z
    .strictObject({
      access: z.enum(['auto', 'direct', 'proxy']).default('auto'),
      slotsPerReplica: z.int().min(1).max(64).default(8),
      requestsPerCluster: z.int().min(1).max(10).default(2),
      clusterListInterval: durationSchema.default(MINUTE),
      missingClusterGrace: durationSchema.default(DAY),
      jobBudget: durationSchema.default(2 * MINUTE),
      lease: durationSchema.default(2 * MINUTE),
      maxObjectsPerList: z.int().min(1_000).max(5_000_000).default(500_000),
      connectTimeout: durationSchema.default(5_000),
      requestTimeout: durationSchema.default(30_000),
      cadence: z.record(z.string(), durationSchema).default({}),
      disabled: z.array(text).default([]),
    })
    .prefault({}),
  catalog: z
    .strictObject({
      refresh: durationSchema.default(10 * MINUTE),
      clusterLocations: z.array(text).optional(),
    })
    .prefault({}),
  retention: z
    .strictObject({
      runs: durationSchema.default(7 * DAY),
      history: durationSchema.default(400 * DAY),
      replacedClusters: durationSchema.default(30 * DAY),
    })
    .prefault({}),
  fleet: z
    .strictObject({
      clusters: z
        .array(clusterSettingsSchema)
        .default([])
        .superRefine((clusters, context) => {
          const names = clusters.map(({ name }) => name);
          names.forEach((name, index) => {
            if (names.indexOf(name) < index) {
              context.addIssue({
                code: 'custom',
                path: [index, 'name'],
                message: 'a cluster that is not named above',
              });
            }
          });
        }),
    })
    .prefault({}),
});

/** The section `platform` of the configuration; durations in milliseconds. */
export type PlatformConfig = z.infer<typeof platformConfigSchema>;

/**
 * Reads the section `platform` once, at start.
 *
 * @param collectorIds - the collectors there are, which `cadence` and
 *   `disabled` may name
 * @throws InputError with every unknown and malformed key at once: its full
 *   path, what was expected and what was got
 */
export function readPlatformConfig(
  config: Config,
  collectorIds: readonly string[],
): PlatformConfig {
  const input = config.getOptional('platform') ?? {};
  const result = platformConfigSchema.safeParse(input);
  const problems = result.success
    ? unknownCollectors(result.data, collectorIds)
    : [
        ...result.error.issues.flatMap(issue => describe(issue, input)),
        ...unknownCollectors(input, collectorIds),
      ];
  if (problems.length > 0) {
    throw new InputError(
      [
        `The section "platform" of the configuration has ${
          problems.length === 1 ? 'a problem' : `${problems.length} problems`
        }; correct app-config.yaml and start again:`,
        ...problems.map(problem => `- ${problem}`),
      ].join('\n'),
    );
  }
  return result.data as PlatformConfig;
}

/** Collector names are known only at start, so they are looked at apart. */
function unknownCollectors(
  input: unknown,
  collectorIds: readonly string[],
): string[] {
  const collect = (input as { collect?: Partial<PlatformConfig['collect']> })
    .collect;
  const named = [
    ...Object.keys(recordOr(collect?.cadence)).map(id => ({
      id,
      key: `platform.collect.cadence.${id}`,
    })),
    ...(Array.isArray(collect?.disabled) ? collect.disabled : []).map(
      (id, index) => ({ id, key: `platform.collect.disabled[${index}]` }),
    ),
  ];
  return named
    .filter(({ id }) => !collectorIds.includes(id))
    .map(
      ({ id, key }) =>
        `${key}: there is no collector "${id}"${hint(
          String(id),
          collectorIds,
        )}; the collectors are ${[...collectorIds].sort().join(', ')}`,
    );
}

function recordOr(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function describe(issue: z.core.$ZodIssue, input: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(platformConfigSchema, issue.path);
    return issue.keys.map(
      key =>
        `${keyPath([...issue.path, key])}: there is no such key${hint(
          key,
          known,
        )}; the keys here are ${known.join(', ')}`,
    );
  }
  const value = valueAt(input, issue.path);
  return [
    `${keyPath(issue.path)}: expected ${expectationOf(
      platformConfigSchema,
      issue,
    )}, got ${value === undefined ? 'nothing' : JSON.stringify(value)}`,
  ];
}

function keyPath(path: PropertyKey[]): string {
  return path.reduce<string>(
    (text_, key) =>
      typeof key === 'number' ? `${text_}[${key}]` : `${text_}.${String(key)}`,
    'platform',
  );
}

function hint(word: string, known: readonly string[]): string {
  const best = suggest(word, known);
  return best ? ` (did you mean "${best}"?)` : '';
}
