import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import CloudIcon from '@material-ui/icons/Cloud';
import {
  clusterRouteRef,
  entityClusterRouteRef,
  entityWhereItRunsRouteRef,
  fleetRouteRef,
  rootRouteRef,
  unownedRouteRef,
  workloadsRouteRef,
} from '../routes';
import { platformApi } from './apis';
import { clusterCard, whereItRunsCard } from './entityCards';
import { clusterContent, whereItRunsContent } from './entityContents';
import { fleetHomeCard } from './homeCards';
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
    whereItRunsCard,
    whereItRunsContent,
    clusterCard,
    clusterContent,
    fleetHomeCard,
  ],
  routes: {
    root: rootRouteRef,
    fleet: fleetRouteRef,
    cluster: clusterRouteRef,
    workloads: workloadsRouteRef,
    unowned: unownedRouteRef,
    entityWhereItRuns: entityWhereItRunsRouteRef,
    entityCluster: entityClusterRouteRef,
  },
});
