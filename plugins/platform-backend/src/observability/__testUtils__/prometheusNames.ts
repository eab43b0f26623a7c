import { metricDefinitions, type MetricDefinition } from '../metricDefinitions';

/** The name under which Prometheus keeps a metric. */
export function prometheusName({ name, kind }: MetricDefinition): string {
  const base = name.replaceAll('.', '_');
  return kind === 'counter' || kind === 'observedCounter'
    ? `${base}_total`
    : base;
}

/** Every metric, by the name of its family in Prometheus. */
export const metricsByFamily: ReadonlyMap<string, MetricDefinition> = new Map(
  Object.values(metricDefinitions).map((definition: MetricDefinition) => [
    prometheusName(definition),
    definition,
  ]),
);

/** The metric that a series belongs to: histograms have several. */
export function metricOfSeries(series: string): MetricDefinition | undefined {
  const whole = metricsByFamily.get(series);
  if (whole) return whole.kind === 'histogram' ? undefined : whole;
  const family = series.replace(/_(bucket|sum|count)$/, '');
  const histogram = metricsByFamily.get(family);
  return histogram?.kind === 'histogram' ? histogram : undefined;
}
