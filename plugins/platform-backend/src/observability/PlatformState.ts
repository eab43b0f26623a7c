import type { FleetSummary } from '@roadbed/backstage-plugin-platform-common';
import type { LoopState } from '../collect/queue/CollectLoop';
import type { QueueState } from '../collect/queue/LeaseStore';

/** How far the stored work has come, over all replicas. */
export interface WorkState {
  queue: QueueState;
  /** Epoch milliseconds of the database's clock. */
  now: number;
  /** When the list of clusters was last read; `null` when never. */
  clusterListAt: number | null;
  /** When the whole catalog was last read; `null` when never. */
  catalogAt: number | null;
}

/** What the fleet looks like, over all clusters. */
export interface FleetState {
  clusters: FleetSummary['clusters']['byState'];
  /** `null` until the catalog was read. */
  ownership: FleetSummary['ownership'];
  openBreakers: number;
}

/** What metrics and health ask for. */
export interface PlatformState {
  /** Of this process, without asking anybody. */
  loop(): LoopState;
  database(): { away: boolean; outages: number };
  /** Few rows, read at every scrape. */
  work(): Promise<WorkState>;
  /** As many rows as there are coverages, read now and then. */
  fleet(): Promise<FleetState>;
}
