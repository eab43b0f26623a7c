import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { z } from 'zod';

/**
 * A duration as Backstage writes them (`{ minutes: 5 }`, `5m`, `PT5M`), read as
 * milliseconds.
 */
export const durationSchema = z.unknown().transform((value, context) => {
  try {
    const millis = durationToMilliseconds(
      readDurationFromConfig(new ConfigReader({ value: value as string }), {
        key: 'value',
      }) as HumanDuration,
    );
    if (millis > 0) return millis;
  } catch {
    // Said below, in the words of the key that is being read.
  }
  context.addIssue({
    code: 'custom',
    message: 'a duration such as "5m", "PT5M" or { minutes: 5 }',
  });
  return z.NEVER;
});
