import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import {
  AlertDisplay,
  OAuthRequestDialog,
  Sidebar,
  SidebarItem,
  SidebarPage,
  SignInPage,
} from '@backstage/core-components';
import { CatalogIndexPage } from '@backstage/plugin-catalog';
import CategoryIcon from '@material-ui/icons/Category';
import { Route } from 'react-router-dom';

const app = createApp({
  components: {
    SignInPage: props => <SignInPage {...props} providers={['guest']} />,
  },
});

export const App = app.createRoot(
  <>
    <AlertDisplay />
    <OAuthRequestDialog />
    <AppRouter>
      <SidebarPage>
        <Sidebar>
          <SidebarItem icon={CategoryIcon} to="catalog" text="Catalog" />
        </Sidebar>
        <FlatRoutes>
          <Route path="/catalog" element={<CatalogIndexPage />} />
        </FlatRoutes>
      </SidebarPage>
    </AppRouter>
  </>,
);
