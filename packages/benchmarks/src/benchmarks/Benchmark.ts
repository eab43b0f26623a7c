import type { Report } from '../report/Report';
import type { DatabaseKind } from '../processes/Database';
import type { FleetSize } from '../processes/startSimulator';

/** What a benchmark is run on, and where its figures go. */
export interface BenchmarkContext {
  report: Report;
  databases: readonly DatabaseKind[];
  /** The fleet that the bounds are meant for. */
  fleet: FleetSize;
  /** Ten times the clusters with about as many objects in all. */
  manyClusters: FleetSize;
  /** Whether a figure was asked for; benchmarks leave out what none needs. */
  wants(name: string): boolean;
  /** Tells what is going on. */
  say(text: string): void;
}
