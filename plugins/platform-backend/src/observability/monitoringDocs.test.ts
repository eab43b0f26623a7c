import {
  clusterStateSchema,
  platformRoutes,
} from '@roadbed/backstage-plugin-platform-common';
import {
  freePort,
  promtoolAvailability,
  runPromtool,
  temporaryFolder,
} from '@roadbed/test-servers';
import { describeWith } from '@roadbed/test-servers/jest';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import {
  metricOfSeries,
  metricsByFamily,
} from './__testUtils__/prometheusNames';
import { groupingLabels, selectorsOf } from './__testUtils__/promqlLabels';
import type { MetricDefinition } from './metricDefinitions';

const folder = resolve(__dirname, '../../../../docs/monitoring');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string; runbook: string };
}

const rules: Rule[] = parse(read('alerts.yaml')).groups.flatMap(
  (group: { rules: Rule[] }) => group.rules,
);
const dashboard = JSON.parse(read('dashboard.json'));
const panels: any[] = dashboard.panels.filter(
  ({ type }: { type: string }) => type !== 'row',
);

/** Where series come from; Prometheus adds these. */
const OF_THE_TARGET = ['job', 'instance'];

const run = promisify(execFile);

/** A program that counts as a backend does, and scrapes itself. */
const COUNT_AND_ASK = `
  const { metrics } = require('@opentelemetry/api');
  metrics.getMeter('try').createCounter('roadbed.tries').add(3);
  (async function ask(tries) {
    try {
      const url = 'http://127.0.0.1:' + process.env.METRICS_PORT + '/metrics';
      console.log(await (await fetch(url)).text());
      process.exit();
    } catch (error) {
      if (tries === 0) throw error;
      setTimeout(ask, 100, tries - 1);
    }
  })(50);
`;

const escapeRegExp = (text: string) =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What labels can say, for those whose values are known here. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  outcome: ['success', 'partial', 'error'],
  change: [
    ...['inserted', 'updated', 'deleted', 'unchanged'],
    ...['opened', 'closed'],
  ],
  state: [
    ...clusterStateSchema.options,
    ...['busy', 'free', 'due', 'running', 'waiting'],
  ],
  route: platformRoutes.map(({ operationId }) => operationId),
  status: ['200', '202', '400', '403', '404', '429', '500', '503', 'aborted'],
  code: ['internal', 'count_mismatch', 'lease_lost', 'connect_timeout'],
};

const expressions: Array<[where: string, expression: string]> = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }: { expr: string }) => [title, expr]),
  ),
];

const seriesLabels = ({ labels, kind }: MetricDefinition, series: string) => [
  ...labels,
  ...(kind === 'histogram' && series.endsWith('_bucket') ? ['le'] : []),
  ...OF_THE_TARGET,
];

describe('the alerts and the dashboard', () => {
  it.each(expressions)('%s asks for what there is: %s', (_, expression) => {
    const selectors = selectorsOf(expression);
    expect(selectors).not.toEqual([]);
    const known = new Set<string>();
    for (const { series, labels } of selectors) {
      const metric = metricOfSeries(series);
      expect([series, metric?.name]).toEqual([series, expect.any(String)]);
      const allowed = seriesLabels(metric!, series);
      allowed.forEach(label => known.add(label));
      for (const { label, operator, value } of labels) {
        expect([series, allowed]).toEqual([
          series,
          expect.arrayContaining([label]),
        ]);
        const pattern = operator.endsWith('~') ? value : escapeRegExp(value);
        const isSaid = new RegExp(`^(?:${pattern})$`);
        const possible = VALUES[label] ?? [value];
        expect([
          label,
          value,
          possible.some(said => isSaid.test(said)),
        ]).toEqual([label, value, true]);
      }
    }
    expect([...known]).toEqual(
      expect.arrayContaining(groupingLabels(expression)),
    );
  });

  it('show every metric somewhere on the dashboard', () => {
    const shown = new Set(
      panels
        .flatMap(({ targets }) => targets)
        .flatMap(({ expr }) => selectorsOf(expr))
        .map(({ series }) => metricOfSeries(series)?.name),
    );
    const hidden = [...metricsByFamily.values()]
      .map(({ name }) => name)
      .filter(name => !shown.has(name));
    expect(hidden).toEqual([]);
  });

  it('say in legends only what the series have', () => {
    for (const { title, targets } of panels) {
      for (const { expr, legendFormat } of targets) {
        const used = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(
          ([, label]) => label,
        );
        expect([title, groupingLabels(expr)]).toEqual([
          title,
          expect.arrayContaining(used),
        ]);
      }
    }
  });

  it('do not lie over each other, and have numbers of their own', () => {
    const ids = dashboard.panels.map(({ id }: { id: number }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = dashboard.panels.flatMap(
      ({ gridPos: { x, y, w, h } }: any) => {
        expect(x + w).toBeLessThanOrEqual(24);
        return Array.from({ length: w * h }, (__, place) =>
          [x + (place % w), y + Math.floor(place / w)].join(),
        );
      },
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('tell who is called what it means and what to do', () => {
    const tests = read('alerts.test.yaml');
    for (const { alert, labels, annotations } of rules) {
      expect([alert, labels.severity]).toEqual([
        alert,
        expect.stringMatching(/^(critical|warning)$/),
      ]);
      expect([alert, Object.keys(annotations).sort()]).toEqual([
        alert,
        ['description', 'runbook', 'summary'],
      ]);
      // Fires in a test of its own.
      expect([alert, tests.includes(`alertname="${alert}"`)]).toEqual([
        alert,
        true,
      ]);
    }
  });
});

describe('docs/monitoring/README.md', () => {
  const rows = new Map(
    read('README.md')
      .split('\n')
      .filter(line => line.startsWith('| `roadbed.'))
      .map(line =>
        line
          .split('|')
          .slice(1, -1)
          .map(cell => cell.trim()),
      )
      .map(([name, ...cells]) => [name, cells]),
  );

  it('has a row for every metric, with what the code says of it', () => {
    const expected = [...metricsByFamily].map(
      ([family, { name, kind, unit, labels, description }]) => [
        `\`${name}\``,
        [
          `\`${family}\``,
          kind === 'observedCounter' ? 'counter' : kind,
          unit === '' ? '–' : `\`${unit}\``,
          labels.map(label => `\`${label}\``).join(', ') || '–',
          description,
        ],
      ],
    );
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  });

  it('speaks of every alert', () => {
    const text = read('README.md');
    expect(rules.filter(({ alert }) => !text.includes(`\`${alert}\``))).toEqual(
      [],
    );
  });
});

describe('docs/monitoring/instrumentation.js', () => {
  it('shows what a backend that is started with it counts', async () => {
    const port = await freePort();
    const { stdout } = await run(
      process.execPath,
      [
        '--require',
        join(folder, 'instrumentation.js'),
        '--eval',
        COUNT_AND_ASK,
      ],
      {
        cwd: __dirname,
        env: { ...process.env, METRICS_PORT: String(port) },
        timeout: 30_000,
      },
    );
    expect(stdout).toMatch(/^roadbed_tries_total\{.*\} 3$/m);
  }, 60_000);
});

describeWith(promtoolAvailability())('promtool', () => {
  it('accepts the alerts', async () => {
    const { code, output } = await runPromtool(
      ['check', 'rules', 'alerts.yaml'],
      {
        cwd: folder,
      },
    );
    expect([code, output]).toEqual([
      0,
      expect.stringContaining(`${rules.length} rules found`),
    ]);
  });

  it('can read every expression of the dashboard', async () => {
    const record = (expr: string, place: number) => ({
      record: `panel:${place}`,
      // As Grafana fills them in.
      expr: expr
        .replaceAll('$__rate_interval', '5m')
        .replaceAll('$job', 'backstage'),
    });
    const expressionsOfPanels = panels.flatMap(({ targets }) =>
      targets.map(({ expr }: { expr: string }) => expr),
    );
    const file = join(await temporaryFolder('dashboard'), 'rules.yaml');
    await writeFile(
      file,
      stringify({
        groups: [{ name: 'panels', rules: expressionsOfPanels.map(record) }],
      }),
    );
    const { code, output } = await runPromtool(['check', 'rules', file]);
    await rm(dirname(file), { recursive: true });
    expect([code, output]).toEqual([
      0,
      expect.stringContaining(`${expressionsOfPanels.length} rules found`),
    ]);
  });

  it('sees them fire, and stay quiet, as their tests say', async () => {
    const { code, output } = await runPromtool(
      ['test', 'rules', 'alerts.test.yaml'],
      { cwd: folder },
    );
    expect([code, output]).toEqual([0, expect.stringContaining('SUCCESS')]);
  }, 60_000);
});
