import type { WorkloadKind } from '@roadbed/backstage-plugin-platform-common';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import { readAll, readByKey } from './observedDocuments';
import { addPodSums, podSumKey, type PodSumDocument } from './podSums';

function cronJobUid(job: ObservedObject): string | undefined {
  const owners = job.doc.ownerReferences;
  if (!Array.isArray(owners)) return undefined;
  const owner = (owners as Array<{ kind?: string; uid?: string }>).find(
    ({ kind }) => kind === 'CronJob',
  );
  return owner?.uid;
}

/** Whether a job is a run of a cron job. */
export function isOwnedByCronJob(job: ObservedObject): boolean {
  return cronJobUid(job) !== undefined;
}

/** Keys of the cron jobs that these jobs are runs of. */
export function cronJobsOfJobs(jobs: ObservedObject[]): string[] {
  return [...new Set(jobs.flatMap(job => cronJobUid(job) ?? []))];
}

/**
 * The pods of workloads, by the workload's key. Pods name the job that made
 * them; a cron job has those of all its jobs.
 */
export async function podSumsOf(
  tx: Knex.Transaction,
  options: { clusterId: number; kind: WorkloadKind; objects: ObservedObject[] },
): Promise<Map<string, PodSumDocument>> {
  const { clusterId, kind, objects } = options;
  const podKeys = new Map<string, string[]>();
  if (kind === 'CronJob') {
    const wanted = new Set(objects.map(({ key }) => key));
    for (const job of await readAll(tx, { clusterId, collector: 'jobs' })) {
      const uid = cronJobUid(job);
      if (uid !== undefined && wanted.has(uid)) {
        podKeys.set(uid, [
          ...(podKeys.get(uid) ?? []),
          podSumKey({ kind: 'Job', ...job }),
        ]);
      }
    }
  } else {
    for (const object of objects) {
      podKeys.set(object.key, [podSumKey({ kind, ...object })]);
    }
  }
  const sums = await readByKey(tx, {
    clusterId,
    collector: 'pods',
    keys: [...podKeys.values()].flat(),
  });
  const byKey = new Map(
    sums.map(({ key, doc }) => [key, doc as unknown as PodSumDocument]),
  );
  const result = new Map<string, PodSumDocument>();
  for (const [key, keys] of podKeys) {
    const sum = addPodSums(keys.flatMap(podKey => byKey.get(podKey) ?? []));
    if (sum) result.set(key, sum);
  }
  return result;
}
