import { setTimeout as wait } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { BackendProcess } from '../processes/startBackend';
import { percentile } from '../report/percentile';
import type { BenchmarkContext } from './Benchmark';
import { describe } from './collectBenchmark';
import type { Fleet } from './Fleet';
import { latenciesByTurns, latenciesOf, type Latencies } from './latency';

const REQUESTS = 1_000;
const LIVE_REQUESTS = 5;
/** The service that runs in every cluster: nothing has more rows. */
export const EVERYWHERE = 'component:default/service-0001';
/** Workloads of the service that is compared between fleets. */
const TYPICAL_WORKLOADS = 30;

/** The card of an entity: `component:default/cart` → its path. */
export function cardPath(entityRef: string): string {
  const [kind, namespace, name] = entityRef.split(/[:/]/);
  return `/api/platform/fleet/by-entity/${kind}/${namespace}/${name}?sort=status&limit=50`;
}

/** The card of the entity that runs in every cluster, and the live answer beside it. */
export async function reportCard(
  context: BenchmarkContext,
  fleet: Fleet,
): Promise<void> {
  const { report, say } = context;
  const { kind } = fleet.database;
  const [backend] = fleet.replicas;
  say('asking for the card');
  await backend.resetUsage();
  const { ms, maxBytes } = await latenciesOf(
    backend,
    Array(REQUESTS).fill(cardPath(EVERYWHERE)),
  );
  const served = (await backend.usage()).requestMs.slice(-REQUESTS);
  const what = `${REQUESTS} requests over HTTP, one after the other, for the card of the service that runs in every cluster, in ${describe(
    fleet,
  )}`;
  report.add({
    name: `card.p99_ms.${kind}`,
    value: percentile(served, 0.99),
    unit: 'ms',
    bound: { relation: '<', limit: 20 },
    how: `${what}: from the head of a request to the end of its answer in the process that answers, while the catalog processes nothing, median ${percentile(
      served,
      0.5,
    ).toFixed(
      1,
    )} ms; with the way there and back and the reading of the answer ${percentile(
      ms,
      0.99,
    ).toFixed(1)} ms, median ${percentile(ms, 0.5).toFixed(1)} ms`,
  });
  report.add({
    name: `card.bytes.${kind}`,
    value: maxBytes,
    unit: 'bytes',
    bound: { relation: '<', limit: 50_000 },
    how: `${what}; the largest body, not compressed`,
  });
  say('asking the Kubernetes plugin for the same entity');
  const live = await liveAnswers(backend);
  report.add({
    name: `card.vs_fanout.${kind}`,
    value: percentile(live.ms, 0.5) / percentile(ms, 0.5),
    unit: '×',
    bound: { relation: '≥', limit: 100 },
    how: `Median of ${LIVE_REQUESTS} answers of the Kubernetes plugin (POST /api/kubernetes/resources/workloads/query) for the same entity from the same clusters by the same process (${percentile(
      live.ms,
      0.5,
    ).toFixed(0)} ms, ${(live.maxBytes / 1e6).toFixed(
      1,
    )} MB) ÷ median of the card (${percentile(ms, 0.5).toFixed(1)} ms)`,
  });
}

async function liveAnswers(backend: BackendProcess): Promise<Latencies> {
  const ms: number[] = [];
  let maxBytes = 0;
  for (let index = 0; index < LIVE_REQUESTS; index++) {
    const answer = await backend.post(
      '/api/kubernetes/resources/workloads/query',
      { entityRef: EVERYWHERE, auth: {} },
    );
    if (answer.status !== 200 || answer.body.items.length === 0) {
      throw new Error(
        `The Kubernetes plugin answered ${answer.status}: ${JSON.stringify(
          answer.body,
        ).slice(0, 500)}`,
      );
    }
    ms.push(answer.ms);
    maxBytes = Math.max(maxBytes, answer.bytes);
    await wait(500);
  }
  return { ms, maxBytes };
}

interface TypicalEntity {
  entityRef: string;
  workloads: number;
  /** How many these are in. */
  clusters: number;
}

/** An entity of ordinary size. */
async function typicalEntity(knex: Knex): Promise<TypicalEntity> {
  const rows: Array<
    Record<'workloads' | 'clusters', number | string> & { entity_ref: string }
  > = await knex('fleet_workload_owners')
    .groupBy('entity_ref')
    .select('entity_ref')
    .count({ workloads: '*' })
    .countDistinct({ clusters: 'cluster_id' });
  const [nearest] = rows
    .map(row => ({
      entityRef: row.entity_ref,
      workloads: Number(row.workloads),
      clusters: Number(row.clusters),
    }))
    .sort(
      (a, b) =>
        Math.abs(a.workloads - TYPICAL_WORKLOADS) -
        Math.abs(b.workloads - TYPICAL_WORKLOADS),
    );
  return nearest;
}

/** How the card grows with the number of clusters; both fleets are up. */
export async function reportGrowth(
  { report, say }: BenchmarkContext,
  { few, many }: { few: Fleet; many: Fleet },
): Promise<void> {
  say('asking both fleets for cards by turns');
  const fleets = [many, few];
  const entities = await Promise.all(
    fleets.map(({ knex }) => typicalEntity(knex)),
  );
  const ms = await latenciesByTurns(
    fleets.map(({ replicas: [backend] }, index) => ({
      backend,
      path: cardPath(entities[index].entityRef),
    })),
    REQUESTS,
  );
  const medians = ms.map(each => percentile(each, 0.5));
  const told = fleets.map((fleet, index) => {
    const { entityRef, workloads, clusters } = entities[index];
    return `${medians[index].toFixed(
      2,
    )} ms for ${entityRef} with ${workloads} workloads in ${clusters} of ${describe(
      fleet,
    )}`;
  });
  report.add({
    name: `card.growth.${few.database.kind}`,
    value: medians[0] / medians[1],
    unit: '×',
    bound: { relation: '≤', limit: 1.1 },
    how: `Median of ${REQUESTS} cards of a service of about ${TYPICAL_WORKLOADS} workloads, asked for by turns: ${told.join(
      ' ÷ ',
    )}`,
  });
}
