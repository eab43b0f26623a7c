import { cpSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { PackedPlugin } from '../pack/packPlugins';
import type { Workshop } from '../Workshop';
import { addRoadbed } from './addRoadbed';
import { buildApps, shells } from './buildApps';
import { lendNativeModules } from './lendNativeModules';
import { writeBarePortal } from './portalFiles';

/** Where what was built before Roadbed came is kept. */
const BEFORE = 'before';

/** Installs the bare portal and builds its apps. @returns its folder */
export async function prepareBarePortal(workshop: Workshop): Promise<string> {
  const portal = workshop.path('portal');
  writeBarePortal(portal);
  await workshop.yarn({
    name: 'install-before',
    args: ['install'],
    cwd: portal,
  });
  await buildApps({ workshop, portal, label: 'before' });
  for (const shell of shells) {
    mkdirSync(workshop.path(BEFORE, shell), { recursive: true });
    renameSync(
      join(portal, 'packages', shell, 'dist'),
      workshop.path(BEFORE, shell, 'dist'),
    );
  }
  cpSync(
    join(portal, 'packages', 'backend', 'src', 'index.ts'),
    join(portal, 'packages', 'backend', 'src', 'before.ts'),
  );
  return portal;
}

/** Adds the packed plugins to the portal, installs and builds again. */
export async function adoptRoadbed(options: {
  workshop: Workshop;
  portal: string;
  plugins: PackedPlugin[];
}): Promise<void> {
  const { workshop, portal, plugins } = options;
  addRoadbed(portal, plugins);
  await workshop.yarn({
    name: 'install-after',
    args: ['install'],
    cwd: portal,
  });
  lendNativeModules(portal);
  await buildApps({ workshop, portal, label: 'after' });
  for (const shell of shells) {
    const kept = join(portal, 'node_modules', `${shell}-${BEFORE}`);
    cpSync(workshop.path(BEFORE, shell), kept, { recursive: true });
    cpSync(
      join(portal, 'packages', shell, 'package.json'),
      join(kept, 'package.json'),
    );
  }
}
