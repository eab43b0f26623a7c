import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeConnectionFiles } from '../connection/connectionFiles';
import { FleetState } from '../connection/FleetState';
import { Controls } from '../control/Controls';
import { ControlServer } from '../control/ControlServer';
import type { FleetSize } from './planFleet';
import { scaleCatalogYaml } from './scaleCatalog';
import { startScaleFleet } from './startScaleFleet';

/**
 * Starts a generated fleet with its control server, and writes into a folder
 * what leads to both.
 */
export async function runScaleFleet(options: {
  folder: string;
  size: FleetSize;
}): Promise<{ clusters: number; stop(): Promise<void> }> {
  const { folder, size } = options;
  const state = FleetState.open(folder, Date.now());
  const fleet = await startScaleFleet({ size, state });
  const writeConnections = () => writeConnectionFiles(folder, fleet.clusters);
  const control = await ControlServer.start(
    new Controls(fleet.clusters, writeConnections),
  );
  writeConnections();
  writeFileSync(join(folder, 'catalog.yaml'), scaleCatalogYaml());
  const { url, token } = control;
  writeFileSync(
    join(folder, 'control.json'),
    JSON.stringify({ url, token }, null, 2),
    { mode: 0o600 },
  );
  return {
    clusters: fleet.clusters.length,
    async stop() {
      await control.stop();
      await fleet.stop();
    },
  };
}
