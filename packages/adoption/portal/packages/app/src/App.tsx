import { createApp } from '@backstage/frontend-defaults';

/** Everything comes from `app.packages: all`. */
export const app = createApp();
