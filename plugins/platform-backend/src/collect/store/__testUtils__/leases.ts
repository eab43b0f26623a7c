import type { Knex } from 'knex';
import type { Lease } from '../../lease';

/** Puts a cluster into the list of clusters, without a job. */
export async function insertCluster(
  knex: Knex,
  name: string,
  values: object = {},
): Promise<number> {
  const [{ id }] = await knex('clusters')
    .insert({
      name,
      auth_provider: 'serviceAccount',
      access: 'direct',
      active: true,
      first_seen_at: 1,
      last_listed_at: 1,
      ...values,
    })
    .returning('id');
  return id;
}

/** Makes (or takes over) a job and holds it. */
export async function holdLease(
  knex: Knex,
  job: { clusterId: number; collector?: string; owner?: string },
): Promise<Lease> {
  const { clusterId, collector = 'deployments', owner = 'replica-1' } = job;
  const leaseUntil = Date.now() + 120_000;
  const [{ epoch }] = await knex('collect_jobs')
    .insert({
      cluster_id: clusterId,
      collector,
      due_at: 0,
      lease_until_at: leaseUntil,
      lease_owner: owner,
      epoch: 1,
    })
    .onConflict(['cluster_id', 'collector'])
    .merge({
      lease_owner: owner,
      epoch: knex.raw('collect_jobs.epoch + 1') as unknown as number,
    })
    .returning('epoch');
  return {
    clusterId,
    clusterName: `cluster-${clusterId}`,
    collector,
    epoch: Number(epoch),
    owner,
    leaseUntil,
  };
}
