import { createBackend } from '@backstage/backend-defaults';
import { demoPermissions } from './demoPermissions';
import { sampleUsers } from './sampleUsers';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@roadbed/backstage-plugin-catalog-backend-module-platform'),
);
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(
  import('@roadbed/backstage-plugin-kubernetes-backend-module-platform'),
);
backend.add(import('@backstage/plugin-mcp-actions-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(demoPermissions);
backend.add(import('@roadbed/backstage-plugin-platform-backend'));
backend.add(
  import('@roadbed/backstage-plugin-platform-backend-module-gateway-api'),
);
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(sampleUsers);

backend.start();
