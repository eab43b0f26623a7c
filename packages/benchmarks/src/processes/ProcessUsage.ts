import type { StatementCost } from './timedDatabase';

/** What a process has used since its usage was last reset; CPU since its start. */
export interface ProcessUsage {
  cpuUserMicros: number;
  cpuSystemMicros: number;
  rssBytes: number;
  /** The largest of samples, one every {@link RSS_SAMPLE_MS}. */
  peakRssBytes: number;
  /** 99th percentile of how late the event loop came to its timers. */
  loopDelayP99Ms: number;
  loopDelayMaxMs: number;
  statements: StatementCost[];
  /** How long the process took over each request for Roadbed, in milliseconds. */
  requestMs: number[];
}

/** How often the memory of a process is looked at. */
export const RSS_SAMPLE_MS = 100;

/** CPU of both kinds of processes together, in seconds. */
export function cpuSeconds(usages: readonly ProcessUsage[]): number {
  return usages.reduce(
    (sum, { cpuUserMicros, cpuSystemMicros }) =>
      sum + (cpuUserMicros + cpuSystemMicros) / 1e6,
    0,
  );
}
