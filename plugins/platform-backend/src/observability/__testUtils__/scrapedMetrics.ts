import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One line of a scrape. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** What Prometheus gets when it scrapes. */
export interface Scrape {
  text: string;
  /** `counter`, `gauge` or `histogram`, by the name of the family. */
  types: Map<string, string>;
  samples: Sample[];
  /** The sum over the samples of a name that have these labels. */
  sum(name: string, labels?: Record<string, string>): number;
}

/** About where the figures come from, on every sample. */
const OF_THE_EXPORTER = /^otel_scope_/;

/**
 * Gives the process a real metrics SDK with the exporter for Prometheus, as
 * the instrumentation file of a backend does, and scrapes it over HTTP.
 */
export async function startScrapedMetrics() {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  metrics.setGlobalMeterProvider(provider);
  const server = createServer((req, res) =>
    exporter.getMetricsRequestHandler(req, res),
  );
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    async scrape(): Promise<Scrape> {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`);
      return parse(await response.text());
    },
    async stop() {
      metrics.disable();
      await provider.shutdown();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

function parse(text: string): Scrape {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.split('\n')) {
    const type = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (type) types.set(type[1], type[2]);
    const sample = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!sample) continue;
    const [, name, labels = '', value] = sample;
    samples.push({
      name,
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
          .map(([, label, content]) => [label, content])
          .filter(([label]) => !OF_THE_EXPORTER.test(label)),
      ),
      value: Number(value),
    });
  }
  return {
    text,
    types,
    samples,
    sum: (name, wanted = {}) =>
      samples
        .filter(
          sample =>
            sample.name === name &&
            Object.entries(wanted).every(
              ([label, value]) => sample.labels[label] === value,
            ),
        )
        .reduce((total, { value }) => total + value, 0),
  };
}
