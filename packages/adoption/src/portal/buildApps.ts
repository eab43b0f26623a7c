import { join } from 'node:path';
import type { Workshop } from '../Workshop';

/** The two frontend systems, by the name of their package in the portal. */
export const shells = ['app', 'app-legacy'] as const;

/** The shell of one frontend system. */
export type Shell = (typeof shells)[number];

/** Builds the apps of the portal as for production. */
export async function buildApps(options: {
  workshop: Workshop;
  portal: string;
  /** For the names of the logs. */
  label: string;
}): Promise<void> {
  const { workshop, portal, label } = options;
  await Promise.all(
    shells.map(shell =>
      workshop.run({
        name: `build-${shell}-${label}`,
        args: [
          join(portal, 'node_modules/@backstage/cli/bin/backstage-cli'),
          'package',
          'build',
        ],
        cwd: join(portal, 'packages', shell),
        env: { NODE_OPTIONS: '--max-old-space-size=4096' },
      }),
    ),
  );
}
