import { compareMinors } from '@roadbed/backstage-plugin-platform-common';

/** Orders minors newest first; `null`, an unknown version, comes last. */
export function newestMinorFirst(a: string | null, b: string | null): number {
  return compareMinors(b ?? '', a ?? '');
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
