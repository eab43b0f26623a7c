import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

/** `home-page-widget:platform/fleet`: the fleet in one glance. */
export const fleetHomeCard = HomePageWidgetBlueprint.make({
  name: 'fleet',
  params: {
    name: 'Fleet',
    title: 'Fleet',
    description: 'Which clusters need somebody, and how fresh the data is',
    components: () =>
      import('../fleet/home/FleetHomeCard').then(({ FleetHomeCard }) => ({
        Content: FleetHomeCard,
      })),
  },
});
