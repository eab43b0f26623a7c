import { Content } from '@backstage/core-components';
import {
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import CloudIcon from '@material-ui/icons/Cloud';
import { rootRouteRef } from '../routes';
import {
  fleetColumnsConfig,
  unownedColumnsConfig,
  workloadColumnsConfig,
} from './columnsConfig';

/** `page:platform`: the frame; every room is a tab that can be switched off. */
export const platformPage = PageBlueprint.make({
  params: {
    path: '/platform',
    title: 'Platform',
    icon: <CloudIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
  },
});

/** `sub-page:platform/fleet`: the fleet and the page of each cluster. */
export const fleetPage = SubPageBlueprint.makeWithOverrides({
  name: 'fleet',
  configSchema: { columns: fleetColumnsConfig },
  factory: (original, { config }) =>
    original({
      path: 'fleet',
      title: 'Fleet',
      loader: () =>
        import('../fleet/FleetRoutes').then(({ FleetRoutes }) => (
          <Content>
            <FleetRoutes columns={config.columns} />
          </Content>
        )),
    }),
});

/** `sub-page:platform/workloads`: the workloads of the whole fleet. */
export const workloadsPage = SubPageBlueprint.makeWithOverrides({
  name: 'workloads',
  configSchema: { columns: workloadColumnsConfig },
  factory: (original, { config }) =>
    original({
      path: 'workloads',
      title: 'Workloads',
      loader: () =>
        import('../fleet/WorkloadsPage').then(({ WorkloadsPage }) => (
          <Content>
            <WorkloadsPage columns={config.columns} />
          </Content>
        )),
    }),
});

/** `sub-page:platform/unowned`: the workloads that belong to no entity. */
export const unownedPage = SubPageBlueprint.makeWithOverrides({
  name: 'unowned',
  configSchema: { columns: unownedColumnsConfig },
  factory: (original, { config }) =>
    original({
      path: 'unowned',
      title: 'Unowned',
      loader: () =>
        import('../fleet/unowned/UnownedPage').then(({ UnownedPage }) => (
          <Content>
            <UnownedPage columns={config.columns} />
          </Content>
        )),
    }),
});
