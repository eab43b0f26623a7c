import type { KubernetesObject, ObjectMeta } from '../kubernetes';
import { badRequest } from './StatusError';

/** Whether an object passes a selector. */
export type ObjectFilter = (object: KubernetesObject) => boolean;

/** Whether what carries labels passes a selector of labels. */
export type LabelFilter = (labelled: {
  metadata: Pick<ObjectMeta, 'labels'>;
}) => boolean;

type Labels = Record<string, string>;

const NAME = '(?:[A-Za-z0-9.-]+/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const SET = new RegExp(`^(${NAME})\\s+(in|notin)\\s+\\(([^()]*)\\)$`);
const EQUALITY = new RegExp(`^(${NAME})\\s*(==|=|!=)\\s*([A-Za-z0-9._-]*)$`);
const EXISTS = new RegExp(`^(!?)\\s*(${NAME})$`);

/**
 * A filter of a `labelSelector`: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`,
 * `a`, `!a`, joined by commas.
 *
 * @throws StatusError 400 when it cannot be parsed
 */
export function parseLabelSelector(selector: string): LabelFilter | undefined {
  const requirements = splitOutsideParentheses(selector)
    .map(part => part.trim())
    .filter(Boolean)
    .map(parseRequirement);
  if (requirements.length === 0) return undefined;
  return ({ metadata }) => {
    const labels = metadata.labels ?? {};
    return requirements.every(matches => matches(labels));
  };
}

function parseRequirement(text: string): (labels: Labels) => boolean {
  const set = SET.exec(text);
  if (set) {
    const values = new Set(set[3].split(',').map(value => value.trim()));
    return set[2] === 'in'
      ? labels => set[1] in labels && values.has(labels[set[1]])
      : labels => !(set[1] in labels) || !values.has(labels[set[1]]);
  }
  const equality = EQUALITY.exec(text);
  if (equality) {
    const [, key, operator, value] = equality;
    return operator === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  const exists = EXISTS.exec(text);
  if (exists) {
    const [, negated, key] = exists;
    return labels => key in labels !== Boolean(negated);
  }
  throw badRequest(`unable to parse requirement: ${text}`);
}

function splitOutsideParentheses(text: string): string[] {
  return text.split(/,(?![^()]*\))/);
}
