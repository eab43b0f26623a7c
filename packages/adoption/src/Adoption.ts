import { readFileSync } from 'node:fs';
import type { PackedPlugin } from './pack/packPlugins';
import type { Shell } from './portal/buildApps';

/** Names the file in which the tests find what was prepared. */
export const RESULT_FILE = 'ROADBED_ADOPTION';

/** What the tests look at. */
export type Adoption = {
  plugins: PackedPlugin[];
  /** Folder of the portal that Roadbed was added to. */
  portal: string;
  /** The running portals, with and without Roadbed. */
  shells: { shell: Shell; url: string; urlBefore: string }[];
};

/** Reads what was prepared. */
export function readAdoption(): Adoption {
  const file = process.env[RESULT_FILE];
  if (!file) throw new Error(`${RESULT_FILE} is not set: nothing is prepared`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
