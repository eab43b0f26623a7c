import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { AlertDisplay, OAuthRequestDialog } from '@backstage/core-components';
import { ApiExplorerPage } from '@backstage/plugin-api-docs';
import { CatalogEntityPage, CatalogIndexPage } from '@backstage/plugin-catalog';
import { CatalogGraphPage } from '@backstage/plugin-catalog-graph';
import { UserSettingsPage } from '@backstage/plugin-user-settings';
import { PlatformPage } from '@roadbed/backstage-plugin-platform';
import { DemoSignInPage } from '@roadbed/demo-users';
import { Navigate, Route } from 'react-router-dom';
import { entityPage } from './catalog/entityPage';
import { Root } from './root/Root';

const app = createApp({
  components: {
    SignInPage: DemoSignInPage,
  },
});

/** The portal in the legacy frontend system. */
export const App = app.createRoot(
  <>
    <AlertDisplay />
    <OAuthRequestDialog />
    <AppRouter>
      <Root>
        <FlatRoutes>
          <Route path="/" element={<Navigate to="/platform" />} />
          <Route path="/catalog" element={<CatalogIndexPage />} />
          <Route
            path="/catalog/:namespace/:kind/:name"
            element={<CatalogEntityPage />}
          >
            {entityPage}
          </Route>
          <Route path="/catalog-graph" element={<CatalogGraphPage />} />
          <Route path="/api-docs" element={<ApiExplorerPage />} />
          <Route path="/platform" element={<PlatformPage />} />
          <Route path="/settings" element={<UserSettingsPage />} />
        </FlatRoutes>
      </Root>
    </AppRouter>
  </>,
);
