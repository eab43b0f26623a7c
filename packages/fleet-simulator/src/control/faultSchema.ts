import { z } from 'zod';
import type { Fault } from '../faults/Fault';

const whole = z.number().int().positive();

const scope = {
  /** Regular expression of the paths it strikes. */
  path: z.string().refine(isPattern, 'must be a regular expression').optional(),
  every: whole.optional(),
  times: whole.optional(),
  probability: z.number().min(0).max(1).optional(),
};

const connectionFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('black-hole-connections') }),
  z.strictObject({ kind: z.literal('refuse-connections') }),
]);

const requestFault = z.discriminatedUnion('kind', [
  fault('latency', { ms: z.number().min(0) }),
  fault('black-hole', {}),
  fault('reset', {}),
  fault('throttle', { retryAfterSeconds: z.number().int().min(0) }),
  fault('unavailable', {}),
  fault('unauthorized', {}),
  fault('forbidden', { group: z.string(), resource: z.string() }),
  fault('missing-group', { group: z.string() }),
  fault('truncate', { afterBytes: z.number().int().min(0) }),
  fault('drip', { bytesPerSecond: z.number().positive() }),
  fault('html', { status: whole }),
  fault('content-type', { value: z.string() }),
  fault('not-kubernetes', {}),
  fault('expire-continue', {}),
  fault('continue-loop', {}),
  fault('huge-object', { bytes: whole }),
]);

/** A fault as the control server is told it: a path instead of a function chooses requests. */
export const faultSchema = z.union([connectionFault, requestFault]);

/** What {@link faultSchema} accepts. */
export type FaultDescription = z.infer<typeof faultSchema>;

/** The fault that a description stands for. */
export function toFault(description: FaultDescription): Fault {
  if (!('path' in description) || description.path === undefined) {
    return description;
  }
  const { path, ...rest } = description;
  const pattern = new RegExp(path);
  return { ...rest, when: request => pattern.test(request.path) };
}

function fault<K extends string, S extends z.ZodRawShape>(kind: K, shape: S) {
  return z.strictObject({ kind: z.literal(kind), ...scope, ...shape });
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}
