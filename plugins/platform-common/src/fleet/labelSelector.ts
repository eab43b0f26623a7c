import { InputError } from '@backstage/errors';

/** Labels of a Kubernetes object. @public */
export type Labels = Readonly<Record<string, string>>;

/**
 * One term of a label selector. `notin` is met by objects without the label,
 * as in Kubernetes; `=` and `!=` are `in` and `notin` of one value.
 *
 * @public
 */
export interface LabelRequirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'absent' | 'above' | 'below';
  /** Empty for `exists` and `absent`, a whole number for `above` and `below`. */
  values: readonly string[];
}

/**
 * The longest selector that is read, in characters. Selectors are compared with
 * every workload of the fleet, and a catalog takes annotations of any length.
 *
 * @public
 */
export const MAX_SELECTOR_LENGTH = 4_096;

const TOKEN = /\s*(==|!=|[=!<>(),]|[^\s=!<>(),]+)/y;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The words and signs of a selector, one ahead. */
class Tokens {
  private readonly found: Array<{ token: string; at: number }> = [];
  private index = 0;

  constructor(text: string) {
    const pattern = new RegExp(TOKEN);
    for (;;) {
      const match = pattern.exec(text);
      if (!match) break;
      this.found.push({
        token: match[1],
        at: pattern.lastIndex - match[1].length,
      });
    }
  }

  peek(): string | undefined {
    return this.found[this.index]?.token;
  }

  next(): string | undefined {
    return this.found[this.index++]?.token;
  }

  take(token: string): boolean {
    if (this.peek() !== token) return false;
    this.index++;
    return true;
  }

  expect(token: string, what: string): void {
    if (!this.take(token)) throw this.error(what);
  }

  error(expected: string): InputError {
    const at = this.found[this.index];
    const place =
      at === undefined
        ? 'at its end'
        : `at character ${at.at + 1} (${JSON.stringify(
            at.token.length > 80 ? `${at.token.slice(0, 80)}…` : at.token,
          )})`;
    return new InputError(
      `expected ${expected} ${place}; write it as for kubectl get -l, such as app=cart,tier in (web, api)`,
    );
  }
}

/**
 * Reads a label selector as `kubectl get -l` and the Kubernetes API take it:
 * `app=cart,tier in (web, api),!canary`.
 *
 * @returns its terms, all of which an object has to meet; at least one
 * @throws InputError that says where it breaks, what was expected there and
 *   what to do
 * @public
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  if (text.length > MAX_SELECTOR_LENGTH) {
    throw new InputError(
      `expected at most ${MAX_SELECTOR_LENGTH} characters; give what belongs together a label of its own and select that`,
    );
  }
  const tokens = new Tokens(text);
  const requirements = [readRequirement(tokens)];
  while (tokens.peek() !== undefined) {
    tokens.expect(',', 'a comma before the next term');
    requirements.push(readRequirement(tokens));
  }
  return requirements;
}

/** Whether labels meet every term of a selector. @public */
export function matchesLabels(
  requirements: readonly LabelRequirement[],
  labels: Labels,
): boolean {
  return requirements.every(requirement => isMet(requirement, labels));
}

/** Whether labels meet one term of a selector. @public */
export function isMet(
  { key, operator, values }: LabelRequirement,
  labels: Labels,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    default: {
      if (value === undefined || !/^[+-]?\d+$/.test(value)) return false;
      const [number, bound] = [BigInt(value), BigInt(values[0])];
      return operator === 'above' ? number > bound : number < bound;
    }
  }
}

/** Whether a text can be the value of a label. @public */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && NAME.test(text));
}

function isLabelKey(text: string): boolean {
  const slash = text.lastIndexOf('/');
  const prefix = text.slice(0, Math.max(slash, 0));
  const name = text.slice(slash + 1);
  return (
    name.length <= 63 &&
    NAME.test(name) &&
    (slash === -1 || (prefix.length <= 253 && DNS_SUBDOMAIN.test(prefix)))
  );
}

function readRequirement(tokens: Tokens): LabelRequirement {
  if (tokens.take('!')) {
    return { key: readKey(tokens), operator: 'absent', values: [] };
  }
  const key = readKey(tokens);
  const operator = tokens.peek();
  switch (operator) {
    case undefined:
    case ',':
      return { key, operator: 'exists', values: [] };
    case '=':
    case '==':
    case '!=':
      tokens.next();
      return {
        key,
        operator: operator === '!=' ? 'notin' : 'in',
        values: [readValue(tokens)],
      };
    case 'in':
    case 'notin':
      tokens.next();
      return { key, operator, values: readValues(tokens) };
    case '<':
    case '>':
      tokens.next();
      return {
        key,
        operator: operator === '>' ? 'above' : 'below',
        values: [readNumber(tokens)],
      };
    default:
      throw tokens.error('=, ==, !=, in, notin, <, > or a comma');
  }
}

function readKey(tokens: Tokens): string {
  const key = tokens.peek();
  if (key === undefined || !isLabelKey(key)) {
    throw tokens.error('the key of a label, such as app or example.com/app');
  }
  return tokens.next()!;
}

/** A value may be empty: then a comma, a bracket or the end follows at once. */
function readValue(tokens: Tokens): string {
  const value = tokens.peek();
  if (value === undefined || value === ',' || value === ')') return '';
  if (!isLabelValue(value)) {
    throw tokens.error(
      'a value of at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
    );
  }
  return tokens.next()!;
}

function readValues(tokens: Tokens): string[] {
  tokens.expect('(', 'a list of values in round brackets');
  const values = [readValue(tokens)];
  while (tokens.take(',')) values.push(readValue(tokens));
  tokens.expect(')', 'a comma or the closing bracket');
  return values;
}

function readNumber(tokens: Tokens): string {
  if (!/^\d+$/.test(tokens.peek() ?? '')) {
    throw tokens.error('a whole number');
  }
  return tokens.next()!;
}
