import { writeConnectionFiles } from '../connection/connectionFiles';
import { FleetState } from '../connection/FleetState';
import { startDemoFleet } from './startDemoFleet';

/** Pace of the life of the fleet. */
const STEP_MS = 5_000;

/** Starts the fleet of the demo company, and writes into a folder what leads a portal to it. */
export async function runDemoFleet(options: {
  folder: string;
  seed: number;
  /** Nothing changes by itself. */
  still: boolean;
}): Promise<{ clusters: number; stop(): Promise<void> }> {
  const { folder, seed, still } = options;
  const fleet = await startDemoFleet({
    state: FleetState.open(folder, Date.now()),
    seed,
  });
  writeConnectionFiles(folder, fleet.clusters);
  const stopLife = still ? () => {} : fleet.life.start(STEP_MS);
  return {
    clusters: fleet.clusters.length,
    async stop() {
      stopLife();
      await fleet.stop();
    },
  };
}
