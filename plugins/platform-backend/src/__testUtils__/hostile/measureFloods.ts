/**
 * Collects from clusters in a process of its own and says what it took:
 * `node --expose-gc --require @backstage/cli/config/nodeTransform.cjs
 * measureFloods.ts FOLDER < targets.json`. Run by a test; the servers are in
 * the process of the test, so that what they hold is not counted.
 */
import knexFactory from 'knex';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import {
  clusterDetails,
  directConnection,
  tokens,
} from '../../collect/__testUtils__/clusters';
import { builtInCollectors } from '../../collect/collectors';
import { CollectRunner } from '../../collect/CollectRunner';
import { CollectorDatabase } from '../../collect/store/CollectorDatabase';
import { CoverageStore } from '../../collect/store/CoverageStore';
import { DatabaseObservationStore } from '../../collect/store/DatabaseObservationStore';
import { DatabaseOutage } from '../../collect/store/DatabaseOutage';
import { prepareDatabase } from '../../collect/store/prepareDatabase';
import {
  holdLease,
  insertCluster,
} from '../../collect/store/__testUtils__/leases';

/** A cluster to collect from, and which collector. */
export interface FloodTarget {
  name: string;
  collector: string;
  url: string;
  caData: string;
  token: string;
}

/** What one run took. */
export interface FloodMeasure {
  name: string;
  outcome: string;
  code: string | null;
  message: string | null;
  /** Greatest resident memory so far over that of the start, MiB. */
  peakMiB: number;
  /** Resident memory that stays when the run is over, over that of the start, MiB. */
  staysMiB: number;
  /** Longest time in which nothing else could run, milliseconds. */
  longestPauseMs: number;
}

const MEBIBYTE = 1024 * 1024;
const logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => logger,
};

async function main(folder: string, targets: FloodTarget[]) {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'floods.sqlite') },
    useNullAsDefault: true,
  });
  await prepareDatabase({ knex, logger });
  const database = new CollectorDatabase({
    knex,
    outage: new DatabaseOutage({ logger }),
    signal: new AbortController().signal,
    idleTransactionMs: 60_000,
  });
  const runner = new CollectRunner({
    collectors: builtInCollectors,
    observations: new DatabaseObservationStore({
      database,
      coverage: new CoverageStore({ knex }),
      listeners: [],
    }),
  });
  global.gc?.();
  const base = process.memoryUsage.rss();
  const measures: FloodMeasure[] = [];
  for (const target of targets) {
    const connection = directConnection({
      cluster: clusterDetails(target),
      strategy: tokens(target.token),
    });
    const clusterId = await insertCluster(knex, target.name);
    const { collector, name } = target;
    const lease = await holdLease(knex, { clusterId, collector });
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const { outcome, problem } = await runner.run({
      lease: { ...lease, clusterName: name },
      connection,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    // A pause is on record when the next timer comes.
    await wait(50);
    delay.disable();
    await connection.agents.destroy();
    global.gc?.();
    measures.push({
      name,
      outcome,
      code: problem?.code ?? null,
      message: problem?.message ?? null,
      peakMiB: Math.round(
        (process.resourceUsage().maxRSS * 1024 - base) / MEBIBYTE,
      ),
      staysMiB: Math.round((process.memoryUsage.rss() - base) / MEBIBYTE),
      longestPauseMs: Math.round(delay.max / 1e6),
    });
  }
  await knex.destroy();
  return measures;
}

main(process.argv[2], JSON.parse(readFileSync(0, 'utf8'))).then(
  measures => process.stdout.write(JSON.stringify(measures)),
  error => {
    process.stderr.write(String(error?.stack ?? error));
    process.exitCode = 1;
  },
);
