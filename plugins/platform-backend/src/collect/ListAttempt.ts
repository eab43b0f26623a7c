import type {
  KubernetesObject,
  ListCollector,
  ObjectAggregator,
  ObservedObject,
} from '@roadbed/backstage-plugin-platform-node';
import { ClusterError } from './ClusterError';
import { SumTooLargeError } from './collectors/SumTooLargeError';
import type { ClusterReader } from './list/ClusterReader';
import { NamedObjects } from './list/NamedObjects';
import type { ListWriter, ObservationStore } from './observations';
import type { JobContext } from './queue/RunJob';
import type { RunTally } from './RunTally';

/** One run of a list collector, and where what it finds goes. */
export interface ListRun {
  job: JobContext;
  collector: ListCollector;
  reader: ClusterReader;
  tally: RunTally;
  observations: ObservationStore;
}

/** Rows that go to the database together; those of a whole page or more. */
const ROWS_PER_WRITE = 500;

/**
 * One pass over a list: what it named, and where that goes.
 *
 * @remarks
 * A list that begins again gets a new pass with a writer of its own, because
 * only what the last pass named may be kept by the deletion at its end.
 */
export class ListAttempt {
  private writer: ListWriter | undefined;
  private readonly aggregator: ObjectAggregator | undefined;
  private readonly named: NamedObjects;
  private objects = 0;
  /** Rows that are not written yet. */
  private rows: ObservedObject[] = [];

  constructor(private readonly run: ListRun, private readonly path: string) {
    const { clusterName } = run.reader;
    this.aggregator = run.collector.aggregate?.();
    this.named = new NamedObjects({ clusterName, path });
  }

  /** @param objects - taken out of their array, which is empty afterwards */
  async take(
    objects: KubernetesObject[],
    expected: number | undefined,
  ): Promise<void> {
    const { collector, job } = this.run;
    this.objects += objects.length;
    for (const object of objects) {
      const again = this.named.add(object);
      object.kind ??= collector.resource.kind;
      if (this.aggregator) {
        // A sum takes each object once, however often a list names it.
        if (!again) {
          this.sum(object, this.aggregator);
        }
      } else {
        const row = collector.project?.(object);
        if (row) {
          this.rows.push(row);
        }
      }
    }
    // What a page was parsed into is several times its rows, and is not kept
    // while they wait for the database.
    objects.length = 0;
    if (this.rows.length >= ROWS_PER_WRITE) {
      await this.flush();
    }
    job.onProgress({ objects: this.objects, expected: expected ?? null });
  }

  /** Writes what was told so far: also where nothing more is told, it is true. */
  async flush(): Promise<void> {
    const { rows } = this;
    this.rows = [];
    if (rows.length > 0) {
      await (await this.begin()).page(rows);
    }
  }

  async complete(resourceVersion: string | null): Promise<void> {
    const writer = await this.begin();
    const objects = this.aggregator?.rows() ?? this.rows;
    const { tally } = this.run;
    await writer.complete({
      objects,
      resourceVersion,
      onUnchanged: tally.isUnchanged,
    });
    tally.resourceVersion = resourceVersion;
  }

  private sum(object: KubernetesObject, into: ObjectAggregator): void {
    try {
      into.add(object);
    } catch (error) {
      if (!(error instanceof SumTooLargeError)) {
        throw error;
      }
      const { clusterName } = this.run.reader;
      throw new ClusterError({
        code: 'too_large',
        clusterName,
        message: `Cluster ${clusterName} names more in ${this.path} than is summed up at a time; what was stored before is kept. Look for objects with very many labels or containers, or leave the collector out with \`platform.collect.disabled\``,
        cause: error,
      });
    }
  }

  private async begin(): Promise<ListWriter> {
    if (!this.writer) {
      const { observations, job, tally } = this.run;
      this.writer = await observations.beginList(job.lease);
      tally.follow(this.writer);
    }
    return this.writer;
  }
}
