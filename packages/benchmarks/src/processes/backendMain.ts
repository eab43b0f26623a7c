import { createBackend } from '@backstage/backend-defaults';
import { processUsagePlugin } from './processUsagePlugin';
import { timedDatabase } from './timedDatabase';

/** The program of {@link startBackend}: a backend with what Roadbed needs, and no more. */
const backend = createBackend();

backend.add(timedDatabase);
backend.add(processUsagePlugin);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(
  import('@roadbed/backstage-plugin-kubernetes-backend-module-platform'),
);
backend.add(import('@roadbed/backstage-plugin-platform-backend'));

backend.start();
