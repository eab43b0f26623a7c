import { availablePort } from '../connection/availablePort';
import type { FleetState } from '../connection/FleetState';
import { planFleet, type FleetSize } from './planFleet';
import { ScaleCluster } from './ScaleCluster';

/** The running clusters of a generated fleet. */
export interface ScaleFleet {
  /** In the order of their names. */
  clusters: readonly ScaleCluster[];
  stop(): Promise<void>;
}

/** Starts the clusters of a generated fleet, on the ports they had before where those are free. */
export async function startScaleFleet(options: {
  size: FleetSize;
  state: FleetState;
}): Promise<ScaleFleet> {
  const { size, state } = options;
  const clusters: ScaleCluster[] = [];
  const stop = async () => {
    await Promise.all(clusters.map(({ server }) => server.stop()));
  };
  try {
    for (const plan of planFleet(size)) {
      clusters.push(
        await ScaleCluster.start(plan, {
          authority: state.authority,
          bornAt: state.bornAt,
          port: await availablePort(state.portOf(plan.name)),
        }),
      );
    }
  } catch (error) {
    await stop();
    throw withAdvice(error, clusters.length, size.clusters);
  }
  state.save(
    Object.fromEntries(
      clusters.map(({ plan, server }) => [plan.name, server.port]),
    ),
  );
  return { clusters, stop };
}

/** Every cluster takes a file descriptor to listen, and more for connections. */
function withAdvice(error: unknown, started: number, wanted: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EMFILE' && code !== 'ENFILE') return error;
  return new Error(
    `Only ${started} of ${wanted} clusters can listen: this process may open no more files. Raise the limit (ulimit -n) to ${
      wanted * 4
    } or start fewer clusters`,
    { cause: error },
  );
}
