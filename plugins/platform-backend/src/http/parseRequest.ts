import { InputError } from '@backstage/errors';
import type { z } from 'zod';
import { expectationOf, valueAt } from '../schemaIssues';

/**
 * Reads part of a request against its schema.
 *
 * @throws InputError that names every bad parameter, what was expected and
 *   what was got, and the parameters there are when one is unknown
 */
export function parseRequest<T extends z.ZodObject>(
  schema: T,
  input: unknown,
  what: 'Query parameter' | 'Path parameter',
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(issue =>
    describeIssue(issue, { schema, input, what }),
  );
  throw new InputError([...new Set(problems)].join('; '));
}

interface Context {
  schema: z.ZodObject;
  input: unknown;
  what: string;
}

function describeIssue(
  issue: z.core.$ZodIssue,
  { schema, input, what }: Context,
): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map(quote).join(', ');
    const known = Object.keys(schema.shape);
    const expected =
      known.length > 0
        ? `the parameters are ${known.join(', ')}`
        : 'there is none';
    return `${what} ${names} is not known here: ${expected}`;
  }
  const expected = expectationOf(schema, issue);
  const value = valueAt(input, issue.path);
  return `${what} ${quote(String(issue.path[0]))}: expected ${expected}, got ${
    typeof value === 'object' ? quote(JSON.stringify(value)) : quote(`${value}`)
  }`;
}

/** User input in a message: bounded, on one line. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return JSON.stringify(line.length > 100 ? `${line.slice(0, 100)}…` : line);
}
