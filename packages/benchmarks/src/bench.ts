import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import type { BenchmarkContext } from './benchmarks/Benchmark';
import { reportCard, reportGrowth } from './benchmarks/cardBenchmark';
import { reportCollection } from './benchmarks/collectBenchmark';
import { collectFirst } from './benchmarks/firstCollection';
import { startFleet } from './benchmarks/Fleet';
import { settle } from './benchmarks/fleetState';
import { assertBrowser, reportFrontend } from './benchmarks/frontendBenchmark';
import { reportList } from './benchmarks/listBenchmark';
import {
  reportSteadyCycle,
  reportTableGrowth,
} from './benchmarks/steadyBenchmark';
import { DATABASE_KINDS, type DatabaseKind } from './processes/Database';
import { Report } from './report/Report';

const USAGE = `Measures the bounds of Roadbed and writes bench-results.json.

  --only NAME      only figures whose name begins with NAME, such as card or
                   card.p99_ms.postgres; may be given several times
  --clusters N     size of the fleet; 300, with
  --workloads N    100000 and
  --pods N         300000 unless given
  --out FILE       where the results are written; bench-results.json
`;

/** Figures that each part of a run gives, without the database. */
const FIGURES = {
  collect: [
    'collect.cpu_ratio',
    'collect.seconds',
    'collect.rss_mb_over_base',
    'collect.loop_delay_p99_ms',
    'collect.requests_per_cluster',
  ],
  card: ['card.p99_ms', 'card.bytes', 'card.vs_fanout'],
  growth: ['card.growth'],
  list: ['list.p99_ms'],
  steady: [
    'steady.db_ms_per_100k',
    'steady.db_ms_per_run',
    'steady.cpu_ms_per_cluster',
  ],
  tables: ['steady.table_growth'],
  frontend: ['frontend.eager_kb_gz', 'frontend.page_kb_gz'],
};

type Part = keyof typeof FIGURES;

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      clusters: { type: 'string', default: '300' },
      workloads: { type: 'string', default: '100000' },
      pods: { type: 'string', default: '300000' },
      out: { type: 'string', default: 'bench-results.json' },
    },
  });
  const count = (name: 'clusters' | 'workloads' | 'pods') => {
    const value = Number(values[name]);
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new InputError(
      `--${name} must be a whole number above 0, got "${values[name]}"\n\n${USAGE}`,
    );
  };
  const only = values.only ?? [];
  const all = Object.values(FIGURES).flat();
  const unknown = only.filter(
    name => !all.some(figure => figure.startsWith(name) || isOf(figure, name)),
  );
  if (unknown.length > 0) {
    throw new InputError(
      `--only: there is no figure "${unknown.join(
        '", "',
      )}"; there are ${all.join(
        ', ',
      )}, each with .sqlite or .postgres behind it\n\n${USAGE}`,
    );
  }
  return {
    only,
    out: values.out,
    fleet: {
      clusters: count('clusters'),
      workloads: count('workloads'),
      pods: count('pods'),
    },
  };
}

/** Whether a name is a figure with something behind it. */
function isOf(figure: string, name: string): boolean {
  return name.startsWith(`${figure}.`);
}

async function main(): Promise<void> {
  const { only, out, fleet } = readOptions();
  const began = Date.now();
  const say = (text: string) => {
    const seconds = ((Date.now() - began) / 1000).toFixed(0).padStart(5);
    process.stderr.write(`${seconds} s  ${text}\n`);
  };
  const report = new Report(line => process.stdout.write(`${line}\n`));
  const wants = (part: Part, database?: DatabaseKind) =>
    only.length === 0 ||
    FIGURES[part].some(figure => {
      const name = database ? `${figure}.${database}` : figure;
      return only.some(
        wanted => name.startsWith(wanted) || wanted.startsWith(name),
      );
    });
  // Before an hour of figures, not after it.
  if (wants('frontend')) assertBrowser();
  const context: BenchmarkContext = {
    report,
    say,
    fleet,
    // As many objects in ten times as many clusters.
    manyClusters: { ...fleet, clusters: fleet.clusters * 10 },
  };
  // An hour of figures is not lost with the one that could not be taken.
  return measure(context, wants).finally(async () => {
    await report.write(out);
    process.stdout.write(`\n${report.table()}\n\n`);
    const { failures, measurements } = report;
    process.stdout.write(
      `${measurements.length} figures in ${out}; ${
        failures.length
      } out of bounds${failures.map(({ name }) => ` ${name}`)}\n`,
    );
    if (failures.length > 0) process.exitCode = 1;
  });
}

async function measure(
  context: BenchmarkContext,
  wants: (part: Part, database?: DatabaseKind) => boolean,
): Promise<void> {
  for (const database of DATABASE_KINDS) {
    const of = (part: Part) => wants(part, database);
    const parts: Part[] = ['collect', 'card', 'list', 'steady', 'growth'];
    if (parts.some(of)) await measureFleet(context, database, of);
    if (of('tables')) await reportTableGrowth(context, database);
  }
  if (wants('frontend')) await reportFrontend(context);
}

async function measureFleet(
  context: BenchmarkContext,
  database: DatabaseKind,
  wants: (part: Part) => boolean,
): Promise<void> {
  const { say } = context;
  const start = async (size: BenchmarkContext['fleet']) => {
    const fleet = await startFleet({ size, database, replicas: 2, say });
    say('collecting for the first time');
    const first = await collectFirst(fleet);
    await settle(fleet.knex);
    return { fleet, first };
  };
  const few = await start(context.fleet);
  try {
    if (wants('card')) await reportCard(context, few.fleet);
    if (wants('list')) await reportList(context, few.fleet);
    if (wants('collect')) {
      await reportCollection(context, few.fleet, few.first);
    }
    if (wants('steady')) await reportSteadyCycle(context, few.fleet);
    if (!wants('growth')) return;
    const many = await start(context.manyClusters);
    try {
      await settle(few.fleet.knex);
      await reportGrowth(context, { few: few.fleet, many: many.fleet });
    } finally {
      await many.fleet.stop();
    }
  } finally {
    await few.fleet.stop();
  }
}

main().catch(error => {
  const text =
    error instanceof Error && !(error instanceof InputError)
      ? error.stack
      : error;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
