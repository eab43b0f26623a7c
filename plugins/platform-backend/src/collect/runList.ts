import type {
  KubernetesObject,
  ListCollector,
  ObjectAggregator,
  ObservedObject,
} from '@roadbed/backstage-plugin-platform-node';
import { ClusterError } from './ClusterError';
import type { ClusterReader } from './list/ClusterReader';
import { malformed } from './list/listBody';
import {
  DEFAULT_LIST_BOUNDS,
  listPages,
  type ListBounds,
} from './list/listPages';
import {
  resourcePath,
  versionsToTry,
  type ServedApis,
} from './list/resourcePath';
import type { ListWriter, ObservationStore } from './observations';
import type { JobContext } from './queue/RunJob';
import type { RunTally } from './RunTally';

interface ListRun {
  job: JobContext;
  collector: ListCollector;
  reader: ClusterReader;
  tally: RunTally;
  observations: ObservationStore;
  bounds?: ListBounds;
  served?: ServedApis;
}

/**
 * Lists a resource in the first version that is served, writes it page by
 * page, and completes it when it was complete.
 *
 * @throws ClusterError when it was not, LeaseLostError
 */
export async function runList(run: ListRun): Promise<void> {
  const { collector, reader, served } = run;
  let notServed: ClusterError | undefined;
  for (const version of versionsToTry(collector.resource, served)) {
    try {
      await listVersion(run, resourcePath(collector.resource, version));
      return;
    } catch (error) {
      const other =
        error instanceof ClusterError &&
        error.code === 'not_served' &&
        !run.tally.wroteAnything;
      if (!other) {
        throw error;
      }
      notServed = error;
    }
  }
  const { group, resource, versions } = collector.resource;
  throw (
    notServed ??
    new ClusterError({
      code: 'not_served',
      clusterName: reader.clusterName,
      message: `Cluster ${
        reader.clusterName
      } does not serve ${resource} of API group "${group}" in ${versions.join(
        ' or ',
      )}; nothing to do when what it belongs to is not installed there`,
    })
  );
}

async function listVersion(run: ListRun, path: string): Promise<void> {
  const { job, collector, reader, tally } = run;
  const events = listPages({
    reader,
    collector,
    path,
    signal: job.signal,
    bounds: run.bounds ?? DEFAULT_LIST_BOUNDS,
    onPage: () => tally.pages++,
  });
  let attempt = new ListAttempt(run, path);
  for await (const event of events) {
    if (event.type === 'restart') {
      attempt = new ListAttempt(run, path);
    } else if (event.type === 'objects') {
      await attempt.take(event.objects, event.expected);
    } else {
      await attempt.complete(event.resourceVersion);
    }
  }
}

/** One pass over a list: what it named, and where that goes. */
class ListAttempt {
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
