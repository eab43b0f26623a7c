import type {
  Collector,
  ListCollector,
  ProbeCollector,
} from '@roadbed/backstage-plugin-platform-node';
import { NotFoundError } from '@backstage/errors';
import { ClusterError } from './ClusterError';
import { ClusterReader, type RetryPolicy } from './list/ClusterReader';
import type { ListBounds } from './bounds';
import type { ServedApis } from './list/resourcePath';
import type { ObservationStore } from './observations';
import type { JobContext, RunReport } from './queue/RunJob';
import { RunTally } from './RunTally';
import { runList } from './runList';
import { runProbe } from './runProbe';
import { CountMismatchError } from './store/CountMismatchError';

/** API groups without which nothing is a cluster: nobody needs to look it up. */
const EVERYWHERE: ReadonlySet<string> = new Set(['', 'apps']);

/**
 * Runs one collector against one cluster and says what came of it.
 *
 * @remarks
 * Whatever a cluster does is a report: `partial` when some objects were told
 * truly before it broke off, `error` when none were. Rows are deleted by
 * complete lists only. What is thrown is a lost lease or a fault of ours.
 */
export class CollectRunner {
  private readonly collectors: ReadonlyMap<string, Collector>;

  constructor(
    private readonly options: {
      collectors: readonly Collector[];
      observations: ObservationStore;
      /** What discovery found last in a cluster, nothing where it is unknown. */
      servedApis?(clusterId: number): Promise<ServedApis | undefined>;
      retries?: RetryPolicy;
      listBounds?: ListBounds;
    },
  ) {
    this.collectors = new Map(
      options.collectors.map(collector => [collector.id, collector]),
    );
  }

  /** @throws LeaseLostError when another replica took the job over */
  async run(job: JobContext): Promise<RunReport> {
    const collector = this.collectorOf(job);
    const reader = new ClusterReader(
      job.connection,
      job.signal,
      this.options.retries,
    );
    const tally = new RunTally(reader);
    try {
      await this.collect({ job, collector, reader, tally });
      return tally.report('success');
    } catch (error) {
      if (error instanceof ClusterError) {
        return tally.report(tally.wroteAnything ? 'partial' : 'error', {
          code: error.code,
          message: error.message,
          missingRule: error.missingRule,
          retryAfterMs: error.retryAfterMs,
        });
      }
      if (error instanceof CountMismatchError) {
        const { code, message } = error;
        return tally.report('partial', { code, message });
      }
      throw error;
    }
  }

  private collectorOf({ lease }: JobContext): Collector {
    const collector = this.collectors.get(lease.collector);
    if (!collector) {
      throw new NotFoundError(
        `No collector is called "${
          lease.collector
        }"; a job of it is left from another version, known are ${[
          ...this.collectors.keys(),
        ].join(', ')}`,
      );
    }
    return collector;
  }

  private async collect(run: {
    job: JobContext;
    collector: ListCollector | ProbeCollector;
    reader: ClusterReader;
    tally: RunTally;
  }): Promise<void> {
    const { observations, servedApis, listBounds } = this.options;
    const { job, collector, reader, tally } = run;
    if (collector.type === 'probe') {
      await runProbe({ job, collector, reader, tally, observations });
      return;
    }
    await runList({
      job,
      collector,
      reader,
      tally,
      observations,
      bounds: listBounds,
      served: EVERYWHERE.has(collector.resource.group)
        ? undefined
        : await servedApis?.(job.lease.clusterId),
    });
  }
}
