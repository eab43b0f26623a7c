/**
 * Orders Kubernetes minors such as `1.9` and `1.34` newest first, part by part
 * as numbers; `null`, an unknown version, comes last.
 */
export function newestMinorFirst(a: string | null, b: string | null): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  const [left, right] = [a, b].map(minor => minor.split('.').map(Number));
  return right[0] - left[0] || right[1] - left[1];
}

/** The usual way of a change through environments; others follow by name. */
const ENVIRONMENT_ORDER = [
  'dev',
  'development',
  'test',
  'qa',
  'stage',
  'staging',
  'preprod',
  'prod',
  'production',
];

/** Orders environments the way changes travel; `null`, not known, comes last. */
export function environmentOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  const rank = (name: string) => {
    const index = ENVIRONMENT_ORDER.indexOf(name.toLowerCase());
    return index < 0 ? ENVIRONMENT_ORDER.length : index;
  };
  return rank(a) - rank(b) || a.localeCompare(b);
}
