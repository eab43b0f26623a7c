import type { JsonValue } from '@backstage/types';
import type { ProbeCollector } from '@roadbed/backstage-plugin-platform-node';
import { MAX_PROBE_BODY_BYTES } from './bounds';
import { ClusterError } from './ClusterError';
import { UnexpectedAnswerError } from './collectors/UnexpectedAnswerError';
import type { ClusterReader } from './list/ClusterReader';
import { parse } from './list/listBody';
import { notKubernetes } from './list/statusError';
import type { ObservationStore } from './observations';
import type { JobContext } from './queue/RunJob';
import type { RunTally } from './RunTally';

/**
 * Runs a probe; its rows replace those of its earlier runs, and only when it
 * got through.
 *
 * @throws ClusterError when the cluster did not answer, LeaseLostError
 */
export async function runProbe(options: {
  job: JobContext;
  collector: ProbeCollector;
  reader: ClusterReader;
  tally: RunTally;
  observations: ObservationStore;
}): Promise<void> {
  const { job, collector, reader, tally, observations } = options;
  const { clusterName } = reader;
  const { rows } = await collector
    .probe({
      signal: job.signal,
      async get(path, { accept } = {}) {
        const asked = { clusterName, path, verb: 'get' as const };
        const response = await reader.get(asked, {
          accept,
          maxBodyBytes: MAX_PROBE_BODY_BYTES,
        });
        const type = response.headers['content-type'] ?? '';
        if (type.includes('html')) {
          throw notKubernetes(asked, response);
        }
        const body = type.includes('json')
          ? (parse(asked, response.body) as JsonValue)
          : response.body.toString('utf8');
        return { status: response.status, body };
      },
    })
    .catch(error => {
      throw error instanceof UnexpectedAnswerError
        ? unexpected(clusterName, error)
        : error;
    });
  const writer = await observations.beginList(job.lease);
  tally.follow(writer);
  await writer.complete({
    objects: rows,
    resourceVersion: null,
    onUnchanged: tally.isUnchanged,
  });
  job.onProgress({ objects: rows.length, expected: rows.length });
}

function unexpected(clusterName: string, cause: UnexpectedAnswerError) {
  return new ClusterError({
    code: 'not_kubernetes',
    clusterName,
    message: `Cluster ${clusterName} answers ${cause.path} with something else than ${cause.expected}; check that the URL leads to the API server`,
    cause,
  });
}
