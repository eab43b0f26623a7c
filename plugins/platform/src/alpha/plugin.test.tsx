import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { PlatformApi } from '@roadbed/backstage-plugin-platform-common';
import { screen, waitFor } from '@testing-library/react';
import { FixtureApi } from '../../dev/FixtureApi';
import { platformApiRef } from '../api/platformApiRef';
import platformPlugin from '.';
import { platformApi } from './apis';

const fixtureApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: platformApiRef,
      deps: {},
      factory: () => new FixtureApi(),
    }),
});

/** Owners lead to the catalog, which every portal has. */
const entityPage = PageBlueprint.make({
  name: 'entity',
  params: {
    path: '/catalog/:namespace/:kind/:name',
    routeRef: entityRouteRef,
    loader: async () => <>An entity</>,
  },
});

function renderPortal(options: { at: string; config?: object }) {
  return renderTestApp({
    initialRouteEntries: [options.at],
    config: { app: { extensions: [], ...options.config } },
    features: [
      platformPlugin,
      createFrontendModule({
        pluginId: 'platform',
        extensions: [fixtureApi, entityPage],
      }),
    ],
  });
}

describe('the plugin in the new frontend system', () => {
  it('reads over HTTP from the backend plugin', async () => {
    const factory = createExtensionTester(platformApi).get(
      ApiBlueprint.dataRefs.factory,
    );
    expect(factory.api).toBe(platformApiRef);
    const fetched = jest.fn().mockRejectedValue(new Error('offline'));
    const api = factory.factory({
      discoveryApi: { getBaseUrl: async (id: string) => `plugin://${id}` },
      fetchApi: { fetch: fetched },
    }) as PlatformApi;
    await expect(api.getFleetSummary()).rejects.toThrow('offline');
    expect(fetched).toHaveBeenCalledWith(
      'plugin://platform/fleet/summary',
      expect.objectContaining({ method: 'GET' }),
    );
  });

  it('opens with the fleet and a tab for every room', async () => {
    renderPortal({ at: '/platform' });
    expect(
      await screen.findByRole('list', { name: 'Verdicts' }),
    ).toBeInTheDocument();
    expect(
      screen
        .getAllByRole('tab')
        .map(tab => [tab.textContent, tab.getAttribute('href')]),
    ).toEqual([
      ['Fleet', '/platform/fleet'],
      ['Workloads', '/platform/workloads'],
      ['Unowned', '/platform/unowned'],
    ]);
  });

  it('can be moved as a whole by app-config', async () => {
    renderPortal({
      at: '/clusters/workloads',
      config: {
        extensions: [{ 'page:platform': { config: { path: '/clusters' } } }],
      },
    });
    await waitFor(() =>
      expect(
        screen.getAllByRole('link', { name: 'shop-prod-eu' })[0],
      ).toHaveAttribute('href', '/clusters/fleet/clusters/shop-prod-eu'),
    );
  });

  it('shows the columns and titles that app-config asks for', async () => {
    renderPortal({
      at: '/platform/workloads',
      config: {
        extensions: [
          {
            'sub-page:platform/workloads': {
              config: { title: 'What runs', columns: ['status', 'cluster'] },
            },
          },
        ],
      },
    });
    expect(
      (await screen.findAllByRole('columnheader')).map(
        header => header.textContent,
      ),
    ).toEqual(['Workload', 'Status ↑', 'Cluster']);
    expect(screen.getByRole('tab', { name: 'What runs' })).toBeInTheDocument();
  });

  it('leaves out a room that app-config switches off', async () => {
    renderPortal({
      at: '/platform',
      config: { extensions: [{ 'sub-page:platform/workloads': false }] },
    });
    expect(
      await screen.findByRole('list', { name: 'Verdicts' }),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('tab').map(tab => tab.textContent)).toEqual([
      'Fleet',
      'Unowned',
    ]);
  });
});
