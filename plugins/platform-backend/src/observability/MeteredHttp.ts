import type {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import type { HttpMetrics } from '../http/HttpMetrics';
import { counterOf, histogramOf } from './instruments';
import { metricDefinitions } from './metricDefinitions';

/** Keeps the figures of the HTTP API in the metrics service. */
export class MeteredHttp implements HttpMetrics {
  readonly #answers: MetricsServiceCounter;
  readonly #duration: MetricsServiceHistogram;

  constructor(metrics: MetricsService) {
    this.#answers = counterOf(metrics, metricDefinitions.answers);
    this.#duration = histogramOf(metrics, metricDefinitions.answerDuration);
  }

  answered(answer: Parameters<HttpMetrics['answered']>[0]): void {
    const { route, status, durationMs } = answer;
    this.#answers.add(1, { route, status: String(status) });
    this.#duration.record(durationMs / 1_000, { route });
  }
}
