import { FlatRoutes } from '@backstage/core-app-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router-dom';
import { FixtureApi } from '../../dev/FixtureApi';
import { PlatformPage, platformApiRef, platformPlugin } from '..';

const renderAt = (path: string, page = <PlatformPage />) =>
  renderInTestApp(
    <TestApiProvider apis={[[platformApiRef, new FixtureApi()]]}>
      <FlatRoutes>
        <Route path="/platform" element={page} />
      </FlatRoutes>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );

describe('the plugin in the legacy frontend system', () => {
  it('opens with the fleet under the header of the portal', async () => {
    await renderAt('/platform');
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Platform' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('list', { name: 'Verdicts' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Fleet' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  it('leads to the other rooms by tabs', async () => {
    const user = userEvent.setup();
    await renderAt('/platform/fleet');
    await user.click(await screen.findByRole('tab', { name: 'Workloads' }));
    expect(
      await screen.findByRole('heading', { level: 2, name: 'Workloads' }),
    ).toBeInTheDocument();
    expect(await screen.findByText('1–50 of 140')).toBeInTheDocument();
  });

  it('takes title and columns as properties', async () => {
    await renderAt(
      '/platform/workloads',
      <PlatformPage title="Our fleet" columns={{ workloads: ['kind'] }} />,
    );
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Our fleet' }),
    ).toBeInTheDocument();
    expect(
      (await screen.findAllByRole('columnheader')).map(
        header => header.textContent,
      ),
    ).toEqual(['Workload', 'Kind']);
  });

  it('provides the API that the pages read from', () => {
    expect([...platformPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      platformApiRef.id,
    ]);
  });
});
