import { ClusterError } from './ClusterError';
import { ListAttempt, type ListRun } from './ListAttempt';
import { DEFAULT_LIST_BOUNDS, type ListBounds } from './bounds';
import { listPages } from './list/listPages';
import {
  resourcePath,
  versionsToTry,
  type ServedApis,
} from './list/resourcePath';

interface Listing extends ListRun {
  bounds?: ListBounds;
  served?: ServedApis;
}

/**
 * Lists a resource in the first version that is served, writes it page by
 * page, and completes it when it was complete.
 *
 * @throws ClusterError when it was not, LeaseLostError
 */
export async function runList(run: Listing): Promise<void> {
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

async function listVersion(run: Listing, path: string): Promise<void> {
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
  try {
    for await (const event of events) {
      if (event.type === 'restart') {
        await attempt.flush();
        attempt = new ListAttempt(run, path);
      } else if (event.type === 'objects') {
        await attempt.take(event.objects, event.expected);
      } else {
        await attempt.complete(event.resourceVersion);
      }
    }
  } catch (error) {
    if (error instanceof ClusterError) {
      await attempt.flush();
    }
    throw error;
  }
}
