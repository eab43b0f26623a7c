import { z } from 'zod';

/**
 * The schema of what stands at a path of an input; `undefined` where the
 * schema does not reach.
 */
export function schemaAt(
  schema: unknown,
  path: readonly PropertyKey[],
): unknown {
  return path.reduce<unknown>((node, key) => {
    const parent = unwrap(node);
    if (parent instanceof z.ZodObject) return parent.shape[String(key)];
    if (parent instanceof z.ZodArray) return parent.element;
    if (parent instanceof z.ZodRecord) return parent.valueType;
    return undefined;
  }, schema);
}

/** The keys that an object of the schema has at a path. */
export function keysAt(
  schema: unknown,
  path: readonly PropertyKey[],
): string[] {
  const target = unwrap(schemaAt(schema, path));
  return target instanceof z.ZodObject ? Object.keys(target.shape) : [];
}

/** What stands at a path of an input. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    input,
  );
}

/**
 * What a schema expected where an issue arose, in words that follow
 * "expected": `a whole number from 1 to 500`, `one of asc, desc`.
 */
export function expectationOf(
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
): string {
  const target = unwrap(schemaAt(schema, issue.path));
  if (target instanceof z.ZodNumber) return numberOf(target);
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return 'some text';
    case 'too_big':
      return issue.origin === 'array'
        ? `at most ${issue.maximum} values`
        : `at most ${issue.maximum} characters`;
    case 'invalid_type':
      return target instanceof z.ZodEnum
        ? `one of ${target.options.join(', ')}`
        : `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    default:
      return issue.message;
  }
}

function numberOf({ isInt, minValue, maxValue }: z.ZodNumber): string {
  const kind = isInt ? 'a whole number' : 'a number';
  return `${kind} from ${minValue} to ${maxValue}`;
}

/** The schema inside defaults, optionals and preprocessing. */
function unwrap(schema: unknown): unknown {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrap(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.out) : schema;
}
