import type {
  MetricAttributes,
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
  MetricsServiceObservable,
} from '@backstage/backend-plugin-api/alpha';
import type { MetricDefinition } from './metricDefinitions';

/** Values for exactly the labels of a metric. */
export type LabelsOf<L extends string> = Record<L, string> & MetricAttributes;

const optionsOf = ({ description, unit, buckets }: MetricDefinition) => ({
  description,
  unit,
  ...(buckets && { advice: { explicitBucketBoundaries: [...buckets] } }),
});

/** The counter of a definition. */
export function counterOf<L extends string>(
  metrics: MetricsService,
  definition: MetricDefinition<L>,
): MetricsServiceCounter<LabelsOf<L>> {
  return metrics.createCounter(definition.name, optionsOf(definition));
}

/** The histogram of a definition. */
export function histogramOf<L extends string>(
  metrics: MetricsService,
  definition: MetricDefinition<L>,
): MetricsServiceHistogram<LabelsOf<L>> {
  return metrics.createHistogram(definition.name, optionsOf(definition));
}

/** What is asked for when somebody scrapes, of a definition. */
export function observableOf<L extends string>(
  metrics: MetricsService,
  definition: MetricDefinition<L>,
): MetricsServiceObservable<LabelsOf<L>> {
  const options = optionsOf(definition);
  return definition.kind === 'observedCounter'
    ? metrics.createObservableCounter(definition.name, options)
    : metrics.createObservableGauge(definition.name, options);
}
