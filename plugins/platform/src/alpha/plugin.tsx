import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import CloudIcon from '@material-ui/icons/Cloud';
import {
  clusterRouteRef,
  fleetRouteRef,
  rootRouteRef,
  unownedRouteRef,
  workloadsRouteRef,
} from '../routes';
import { platformApi } from './apis';
import { fleetPage, platformPage, unownedPage, workloadsPage } from './pages';

/** Roadbed in the new frontend system. @alpha */
export const platformPlugin = createFrontendPlugin({
  pluginId: 'platform',
  title: 'Platform',
  icon: <CloudIcon fontSize="inherit" />,
  info: { packageJson: () => import('../../package.json') },
  extensions: [
    platformApi,
    platformPage,
    fleetPage,
    workloadsPage,
    unownedPage,
  ],
  routes: {
    root: rootRouteRef,
    fleet: fleetRouteRef,
    cluster: clusterRouteRef,
    workloads: workloadsRouteRef,
    unowned: unownedRouteRef,
  },
});
