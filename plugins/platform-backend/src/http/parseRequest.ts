import { InputError } from '@backstage/errors';
import { z } from 'zod';

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
    describeIssue(issue, { input, what, known: Object.keys(schema.shape) }),
  );
  throw new InputError([...new Set(problems)].join('; '));
}

type Issue = z.core.$ZodIssue;

interface Context {
  input: unknown;
  what: string;
  known: string[];
}

function describeIssue(issue: Issue, { input, what, known }: Context): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map(quote).join(', ');
    const expected =
      known.length > 0
        ? `the parameters are ${known.join(', ')}`
        : 'there is none';
    return `${what} ${names} is not known here: ${expected}`;
  }
  const [name] = issue.path;
  const value = valueAt(input, issue.path);
  return `${what} ${quote(String(name))}: expected ${expectation(
    issue,
  )}, got ${quote(String(value))}`;
}

/** What a schema wanted, in the words of a person. */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'some text'
        : `a number of at least ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') {
        return `at most ${issue.maximum} characters`;
      }
      return issue.origin === 'array'
        ? `at most ${issue.maximum} values`
        : `a number of at most ${issue.maximum}`;
    case 'invalid_type':
      return issue.expected === 'int'
        ? 'a whole number'
        : `one ${issue.expected}`;
    default:
      return issue.message;
  }
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
}

/** User input in a message: bounded, on one line. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return JSON.stringify(line.length > 100 ? `${line.slice(0, 100)}…` : line);
}
