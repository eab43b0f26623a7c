import { createCardExtension } from '@backstage/plugin-home-react';
import { platformPlugin } from './plugin';

/** The fleet in one glance, for the home page. @public */
export const HomePageFleet = platformPlugin.provide(
  createCardExtension({
    name: 'HomePageFleet',
    title: 'Fleet',
    description: 'Which clusters need somebody, and how fresh the data is',
    components: () =>
      import('../fleet/home/FleetHomeCard').then(m => ({
        Content: m.FleetHomeCard,
      })),
  }),
);
