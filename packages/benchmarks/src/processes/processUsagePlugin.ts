import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';
import { CpuProfiler } from './CpuProfiler';
import { RSS_SAMPLE_MS, type ProcessUsage } from './ProcessUsage';
import { RequestClock } from './RequestClock';
import { statementClock } from './timedDatabase';

const NANOS_PER_MS = 1e6;

/** Tells what its process uses: `GET /api/usage`, and `DELETE` to begin anew. */
export const processUsagePlugin = createBackendPlugin({
  pluginId: 'usage',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        const loopDelay = monitorEventLoopDelay({ resolution: 1 });
        loopDelay.enable();
        const requests = new RequestClock();
        requests.start();
        let peakRssBytes = 0;
        const sample = () => {
          peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
        };
        setInterval(sample, RSS_SAMPLE_MS).unref();
        const read = (): ProcessUsage => {
          const cpu = process.cpuUsage();
          sample();
          return {
            cpuUserMicros: cpu.user,
            cpuSystemMicros: cpu.system,
            rssBytes: process.memoryUsage.rss(),
            peakRssBytes,
            loopDelayP99Ms: loopDelay.percentile(99) / NANOS_PER_MS,
            loopDelayMaxMs: loopDelay.max / NANOS_PER_MS,
            statements: statementClock.read(),
            requestMs: requests.read(),
          };
        };
        const profiler = new CpuProfiler();
        const router = Router();
        router.get('/', (_, response) => {
          const usage = read();
          profiler.stop();
          response.json(usage);
        });
        router.delete('/', (_, response) => {
          profiler.start();
          // What the start left behind is no cost of what follows.
          global.gc?.();
          loopDelay.reset();
          statementClock.reset();
          requests.reset();
          peakRssBytes = 0;
          response.json(read());
        });
        http.use(router);
        http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});
