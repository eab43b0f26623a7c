import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { z } from 'zod';

const SECTION = 'catalog.providers.platform';

/** What the configuration says about clusters in the catalog. */
export interface ProviderConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  removalGraceMs: number;
  /** Reference of the group that owns what nobody else does, or `unknown`. */
  defaultOwner: string;
  /** Address of Platform's pages, without a slash at its end. */
  pagesUrl: string;
}

/** Durations and the schedule are read below, in every form Backstage has. */
export const providerConfigSchema = z.strictObject({
  schedule: z.looseObject({}).optional(),
  removalGrace: z.unknown().optional(),
  defaultOwner: z
    .string()
    .regex(/^\S+$/, 'a reference such as group:default/platform')
    .default('unknown'),
  pagePath: z
    .string()
    .regex(/^\/[^?#\s]*$/, 'a path such as /platform')
    .default('/platform'),
});

/**
 * Reads the section `catalog.providers.platform` once, at start.
 *
 * @throws InputError that names every unknown or malformed key, what was
 *   expected and what was got
 */
export function readProviderConfig(config: Config): ProviderConfig {
  const input = config.getOptional(SECTION) ?? {};
  const result = providerConfigSchema.safeParse(input);
  if (!result.success) {
    throw new InputError(
      `${result.error.issues
        .map(describe)
        .join('; ')}. Correct app-config.yaml and start again`,
    );
  }
  const section = config.getOptionalConfig(SECTION);
  const { defaultOwner, pagePath } = result.data;
  return {
    schedule: section?.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          section.getConfig('schedule'),
        )
      : {
          frequency: { minutes: 5 },
          timeout: { minutes: 3 },
          // The platform plugin of the same backend starts at the same time.
          initialDelay: { seconds: 15 },
        },
    removalGraceMs: durationToMilliseconds(
      section?.has('removalGrace')
        ? (readDurationFromConfig(config, {
            key: `${SECTION}.removalGrace`,
          }) as HumanDuration)
        : { hours: 24 },
    ),
    defaultOwner,
    pagesUrl: `${config
      .getString('app.baseUrl')
      .replace(/\/$/, '')}${pagePath.replace(/\/$/, '')}`,
  };
}

function describe(issue: z.core.$ZodIssue): string {
  const at = [SECTION, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(providerConfigSchema.shape).join(', ');
    return issue.keys
      .map(key => `${at}.${key}: there is no such key, the keys are ${known}`)
      .join('; ');
  }
  const expected =
    issue.code === 'invalid_type' ? `a ${issue.expected}` : issue.message;
  return `${at}: expected ${expected}`;
}
