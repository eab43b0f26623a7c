import type { BackendProcess } from '../processes/startBackend';
import { percentile } from '../report/percentile';
import type { BenchmarkContext } from './Benchmark';
import { describe } from './collectBenchmark';
import type { Fleet } from './Fleet';
import { ask } from './latency';

const WORKLOADS = 10_000;
const PAGE = 100;
const SORTS = ['name', 'namespace', 'cluster', 'kind', 'status'];

/** Every page of a list of ten thousand workloads, in each of its orders. */
export async function reportList(
  { report, say }: BenchmarkContext,
  fleet: Fleet,
): Promise<void> {
  const { size, simulator, replicas } = fleet;
  const share = Math.ceil((WORKLOADS / size.workloads) * size.clusters);
  const filter = simulator.clusters
    .slice(0, share)
    .map(name => `cluster=${name}`)
    .join('&');
  say('turning the pages of a list');
  const ms: number[] = [];
  const perSort: string[] = [];
  let totalItems = 0;
  for (const sort of SORTS) {
    const walk = await everyPage(replicas[0], `${filter}&sort=${sort}`);
    ms.push(...walk.ms);
    totalItems = walk.totalItems;
    perSort.push(`${sort} ${percentile(walk.ms, 0.99).toFixed(1)}`);
  }
  report.add({
    name: `list.p99_ms.${fleet.database.kind}`,
    value: percentile(ms, 0.99),
    unit: 'ms',
    bound: { relation: '<', limit: 50 },
    how: `${
      ms.length
    } pages of ${PAGE} workloads: every page of the ${totalItems} workloads of ${share} clusters, sorted by each of ${perSort.join(
      ', ',
    )} ms at p99, out of ${describe(fleet)}, over HTTP`,
  });
}

async function everyPage(backend: BackendProcess, query: string) {
  const ms: number[] = [];
  let totalItems = 0;
  let cursor: string | undefined;
  do {
    const place = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const answer = await ask(
      backend,
      `/api/platform/fleet/workloads?${query}&limit=${PAGE}${place}`,
    );
    ms.push(answer.ms);
    totalItems = answer.body.totalItems;
    cursor = answer.body.pageInfo.nextCursor;
  } while (cursor);
  return { ms, totalItems };
}
