import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  MetricsService,
  MetricsServiceObservableResult,
} from '@backstage/backend-plugin-api/alpha';
import { clusterStateSchema } from '@roadbed/backstage-plugin-platform-common';
import { observableOf, type LabelsOf } from './instruments';
import {
  metricDefinitions as m,
  type MetricDefinition,
} from './metricDefinitions';
import type { PlatformState, WorkState } from './PlatformState';
import { Sampled } from './Sampled';

const WORK_MAX_AGE_MS = 5_000;
/** At 3,000 clusters a reading is 60,000 rows: some tenths of a second. */
const FLEET_MAX_AGE_MS = 60_000;

/**
 * Shows what is a state rather than an event whenever metrics are collected.
 *
 * @remarks
 * What is about the whole fleet is shown alike by every replica, to be
 * aggregated with `max`.
 *
 * @returns ends it
 */
export function observeState(options: {
  metrics: MetricsService;
  logger: LoggerService;
  state: PlatformState;
}): () => void {
  const { metrics, logger, state } = options;
  const work = new Sampled({
    read: () => state.work(),
    what: 'the queue, the cluster list and the catalog',
    maxAgeMs: WORK_MAX_AGE_MS,
    logger,
  });
  const fleet = new Sampled({
    read: () => state.fleet(),
    what: 'the clusters and workloads',
    maxAgeMs: FLEET_MAX_AGE_MS,
    logger,
  });
  const removals: Array<() => void> = [];
  const observe = <L extends string>(
    definition: MetricDefinition<L>,
    callback: (
      result: MetricsServiceObservableResult<LabelsOf<L>>,
    ) => void | Promise<void>,
  ) => {
    const observable = observableOf(metrics, definition);
    observable.addCallback(callback);
    removals.push(() => observable.removeCallback(callback));
  };

  observe(m.slots, result => {
    const { slots, busy } = state.loop();
    result.observe(busy, { state: 'busy' });
    result.observe(slots - busy, { state: 'free' });
  });
  observe(m.databaseUp, result =>
    result.observe(state.database().away ? 0 : 1, {}),
  );
  observe(m.databaseOutages, result =>
    result.observe(state.database().outages, {}),
  );

  observe(m.queueJobs, async result => {
    const reading = await work.get();
    if (!reading) return;
    const { jobs, due, running } = reading.value.queue;
    result.observe(due, { state: 'due' });
    result.observe(running, { state: 'running' });
    result.observe(jobs - due - running, { state: 'waiting' });
  });
  observe(m.queueOldest, async result => {
    const reading = await work.get();
    if (!reading) return;
    result.observe(reading.value.queue.longestWaitMs / 1_000, {});
  });
  const observeAge = (
    definition: MetricDefinition<never>,
    instant: (state: WorkState) => number | null,
  ) =>
    observe(definition, async result => {
      const reading = await work.get();
      if (!reading) return;
      const at = instant(reading.value);
      if (at === null) return;
      // What could not be read again has grown older meanwhile.
      result.observe((reading.value.now - at + reading.ageMs) / 1_000, {});
    });
  observeAge(m.clusterListAge, ({ clusterListAt }) => clusterListAt);
  observeAge(m.catalogAge, ({ catalogAt }) => catalogAt);

  observe(m.clusters, async result => {
    const reading = await fleet.get();
    if (!reading) return;
    // A state that no cluster is in any more is zero, not its last value.
    for (const name of clusterStateSchema.options) {
      result.observe(reading.value.clusters[name] ?? 0, { state: name });
    }
  });
  observe(m.openBreakers, async result => {
    const reading = await fleet.get();
    if (reading) result.observe(reading.value.openBreakers, {});
  });
  observe(m.workloads, async result => {
    const ownership = (await fleet.get())?.value.ownership;
    if (!ownership) return;
    result.observe(ownership.owned, { ownership: 'owned' });
    result.observe(ownership.unowned, { ownership: 'unowned' });
  });
  observe(m.readingAge, async result => {
    for (const [of, sampled] of Object.entries({ work, fleet })) {
      const reading = await sampled.get();
      if (reading) result.observe(reading.ageMs / 1_000, { of });
    }
  });
  return () => removals.splice(0).forEach(remove => remove());
}
