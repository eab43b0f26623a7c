import { writeFileSync } from 'node:fs';
import { packPlugins } from './pack/packPlugins';
import { shells } from './portal/buildApps';
import { adoptRoadbed, prepareBarePortal } from './portal/preparePortal';
import { startFleet, startPortal } from './portal/startPortal';
import { RESULT_FILE, type Adoption } from './Adoption';
import { Workshop } from './Workshop';

async function adopt(workshop: Workshop): Promise<Adoption> {
  const [plugins, portal] = await Promise.all([
    packPlugins(workshop),
    prepareBarePortal(workshop),
  ]);
  await adoptRoadbed({ workshop, portal, plugins });
  const kubernetes = await startFleet(workshop);
  const started = await Promise.all(
    shells.map(async shell => ({
      shell,
      url: await startPortal({
        workshop,
        portal,
        app: shell,
        entry: 'index.ts',
        configs: [kubernetes],
      }),
      urlBefore: await startPortal({
        workshop,
        portal,
        app: `${shell}-before`,
        entry: 'before.ts',
        configs: [kubernetes],
      }),
    })),
  );
  return { plugins, portal, shells: started };
}

/** Playwright's global set-up: everything up to running portals. @returns what ends it all */
export default async function prepare(): Promise<() => Promise<void>> {
  const workshop = Workshop.create();
  try {
    const result = workshop.path('adoption.json');
    writeFileSync(result, JSON.stringify(await adopt(workshop)));
    process.env[RESULT_FILE] = result;
  } catch (error) {
    await workshop.close();
    throw error;
  }
  return () => workshop.close();
}
