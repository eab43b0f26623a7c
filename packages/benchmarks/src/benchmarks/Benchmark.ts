import type { Report } from '../report/Report';
import type { FleetSize } from '../processes/startSimulator';

/** What a benchmark is run on, and where its figures go. */
export interface BenchmarkContext {
  report: Report;
  /** The fleet that the bounds are meant for. */
  fleet: FleetSize;
  /** Ten times the clusters with as many objects in all. */
  manyClusters: FleetSize;
  /** Tells what is going on. */
  say(text: string): void;
}
