import type {
  KubernetesObject,
  ListCollector,
  ObjectAggregator,
  ObservedObject,
} from '@roadbed/backstage-plugin-platform-node';
import type { ClusterReader } from './list/ClusterReader';
import { malformed } from './list/listBody';
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
  private readonly aggregated = new Set<string>();
  private objects = 0;

  constructor(private readonly run: ListRun, private readonly path: string) {
    this.aggregator = run.collector.aggregate?.();
  }

  async take(
    objects: KubernetesObject[],
    expected: number | undefined,
  ): Promise<void> {
    const { collector, job } = this.run;
    this.objects += objects.length;
    const rows: ObservedObject[] = [];
    for (const object of objects) {
      this.check(object);
      object.kind ??= collector.resource.kind;
      if (this.aggregator) {
        this.aggregate(object, this.aggregator);
      } else {
        const row = collector.project?.(object);
        if (row) {
          rows.push(row);
        }
      }
    }
    if (rows.length > 0) {
      await (await this.begin()).page(rows);
    }
    job.onProgress({ objects: this.objects, expected: expected ?? null });
  }

  async complete(resourceVersion: string | null): Promise<void> {
    const writer = await this.begin();
    if (this.aggregator) {
      await writer.page(this.aggregator.rows());
    }
    await writer.complete({ resourceVersion });
    this.run.tally.resourceVersion = resourceVersion;
  }

  private async begin(): Promise<ListWriter> {
    if (!this.writer) {
      const { observations, job, tally } = this.run;
      this.writer = await observations.beginList(job.lease);
      tally.follow(this.writer);
    }
    return this.writer;
  }

  /** A sum must take each object once, however often a list names it. */
  private aggregate(object: KubernetesObject, into: ObjectAggregator): void {
    const { uid, namespace, name } = object.metadata;
    const key = uid ?? `${namespace ?? ''}/${name}`;
    if (!this.aggregated.has(key)) {
      this.aggregated.add(key);
      into.add(object);
    }
  }

  private check(object: KubernetesObject): void {
    const name: unknown = object?.metadata?.name;
    if (typeof name !== 'string' || name === '') {
      const { clusterName } = this.run.reader;
      throw malformed(
        { clusterName, path: this.path },
        'with an object that has no name',
      );
    }
  }
}
