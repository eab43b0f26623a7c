// Metrics of a Backstage backend for Prometheus, at http://localhost:9464/metrics.
// Loaded before the backend: node --require ./src/instrumentation.js packages/backend
const { isMainThread } = require('node:worker_threads');

// --require reaches worker threads, too; a second start would take the figures.
if (isMainThread) {
  const { metrics } = require('@opentelemetry/api');
  const { PrometheusExporter } = require('@opentelemetry/exporter-prometheus');
  const { MeterProvider } = require('@opentelemetry/sdk-metrics');

  const exporter = new PrometheusExporter({
    // Only this machine. In a pod: '0.0.0.0', and a network policy in front of
    // it, because the exporter asks nobody who they are.
    host: process.env.METRICS_HOST || '127.0.0.1',
    port: Number(process.env.METRICS_PORT || 9464),
  });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [exporter] }));
}
