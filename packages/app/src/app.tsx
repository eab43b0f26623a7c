import { createApp } from '@backstage/frontend-defaults';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SidebarContent } from './nav/SidebarContent';
import { SignInPage } from './signIn/SignInPage';

/**
 * The portal in the new frontend system. Its plugins are found through
 * `app.packages: all`: whatever this package depends on is installed.
 */
export const app = createApp({
  features: [
    createFrontendModule({
      pluginId: 'app',
      extensions: [SidebarContent, SignInPage],
    }),
  ],
});
