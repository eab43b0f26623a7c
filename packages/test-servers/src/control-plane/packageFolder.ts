import { dirname, join } from 'node:path';

/** Where the Go module and the stages of kwok lie. */
export const controlPlaneFolder = join(
  dirname(require.resolve('@roadbed/test-servers/package.json')),
  'control-plane',
);
