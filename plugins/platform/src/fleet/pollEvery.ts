import type { FleetSummary } from '@roadbed/backstage-plugin-platform-common';

const WHILE_COLLECTING_MS = 2_000;
const AT_REST_MS = 30_000;

/** How long to wait before asking again: shortly while the first collection runs. */
export function pollEvery(summary: FleetSummary | undefined): number {
  return summary?.firstCollection ? WHILE_COLLECTING_MS : AT_REST_MS;
}
