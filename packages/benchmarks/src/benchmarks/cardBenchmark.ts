import { setTimeout as wait } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { BackendProcess } from '../processes/startBackend';
import { percentile } from '../report/percentile';
import type { BenchmarkContext } from './Benchmark';
import { describe } from './collectBenchmark';
import type { Fleet } from './Fleet';
import { latenciesOf, type Latencies } from './latency';

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

async function cardLatencies(
  backend: BackendProcess,
  entityRef: string,
): Promise<Latencies> {
  return latenciesOf(backend, Array(REQUESTS).fill(cardPath(entityRef)));
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
  const { ms, maxBytes } = await cardLatencies(backend, EVERYWHERE);
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

/** How long the card of a service of ordinary size takes in a fleet. */
export async function typicalCard(
  fleet: Fleet,
): Promise<{ entityRef: string; workloads: number; medianMs: number }> {
  const { entityRef, workloads } = await entityWithAbout(
    fleet.knex,
    TYPICAL_WORKLOADS,
  );
  const { ms } = await cardLatencies(fleet.replicas[0], entityRef);
  return { entityRef, workloads, medianMs: percentile(ms, 0.5) };
}

async function entityWithAbout(
  knex: Knex,
  workloads: number,
): Promise<{ entityRef: string; workloads: number }> {
  const rows: Array<{ entity_ref: string; count: number | string }> =
    await knex('fleet_workload_owners')
      .groupBy('entity_ref')
      .select('entity_ref')
      .count({ count: '*' });
  const [nearest] = rows
    .map(row => ({ entityRef: row.entity_ref, workloads: Number(row.count) }))
    .sort(
      (a, b) =>
        Math.abs(a.workloads - workloads) - Math.abs(b.workloads - workloads),
    );
  return nearest;
}

/** How the card grows with the number of clusters. */
export function reportGrowth(
  { report }: BenchmarkContext,
  few: { fleet: Fleet; card: Awaited<ReturnType<typeof typicalCard>> },
  many: { fleet: Fleet; card: Awaited<ReturnType<typeof typicalCard>> },
): void {
  const told = ({ fleet, card }: typeof few) =>
    `${card.medianMs.toFixed(2)} ms for ${card.entityRef} with ${
      card.workloads
    } workloads in ${describe(fleet)}`;
  report.add({
    name: `card.growth.${few.fleet.database.kind}`,
    value: many.card.medianMs / few.card.medianMs,
    unit: '×',
    bound: { relation: '≤', limit: 1.1 },
    how: `Median of ${REQUESTS} cards of a service of about ${TYPICAL_WORKLOADS} workloads: ${told(
      many,
    )} ÷ ${told(few)}`,
  });
}
