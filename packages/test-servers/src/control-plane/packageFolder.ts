import { join } from 'node:path';

/** Where the Go module and the stages of kwok lie. */
export const controlPlaneFolder = join(__dirname, '..', '..', 'control-plane');
