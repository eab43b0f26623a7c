import type { ProcessUsage } from '../processes/ProcessUsage';
import { cpuSeconds } from '../processes/ProcessUsage';
import type { TrafficCounts } from '@roadbed/fleet-simulator';
import type { Fleet } from './Fleet';
import { runCycle } from './fleetState';

/** What it took to collect every cluster once. */
export interface FirstCollection {
  seconds: number;
  /** Of all replicas together. */
  cpuSeconds: number;
  /** Of the replica whose resident set grew most. */
  rss: { baseBytes: number; peakBytes: number };
  /** Of the replica that was worst. */
  loopDelayP99Ms: number;
  loopDelayMaxMs: number;
  usages: ProcessUsage[];
  clusters: Record<string, TrafficCounts>;
}

/** Collects a fleet for the first time. */
export async function collectFirst(fleet: Fleet): Promise<FirstCollection> {
  const { replicas, simulator, knex } = fleet;
  await simulator.control.resetStats();
  const before = await Promise.all(replicas.map(each => each.resetUsage()));
  const began = performance.now();
  await runCycle(knex);
  const seconds = (performance.now() - began) / 1000;
  const usages = await Promise.all(replicas.map(each => each.usage()));
  return {
    seconds,
    cpuSeconds: cpuSeconds(usages) - cpuSeconds(before),
    rss: usages
      .map(({ peakRssBytes }, index) => ({
        baseBytes: before[index].rssBytes,
        peakBytes: peakRssBytes,
      }))
      .reduce((most, each) => (growth(each) > growth(most) ? each : most)),
    loopDelayP99Ms: Math.max(...usages.map(usage => usage.loopDelayP99Ms)),
    loopDelayMaxMs: Math.max(...usages.map(usage => usage.loopDelayMaxMs)),
    usages,
    clusters: (await simulator.control.stats()).clusters,
  };
}

function growth({ baseBytes, peakBytes }: FirstCollection['rss']): number {
  return peakBytes - baseBytes;
}
