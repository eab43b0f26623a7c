import { EntityProvider } from '@backstage/plugin-catalog-react';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { FixtureApi } from '../../dev/FixtureApi';
import { anEntity } from '../../dev/entities';
import {
  EntityClusterCard,
  EntityWhereItRunsCard,
  EntityWhereItRunsContent,
  HomePageFleet,
  isPlatformClusterAvailable,
  isWhereItRunsAvailable,
  platformApiRef,
} from '..';

const cart = 'component:default/cart';

const render = (element: JSX.Element, entity = cart) =>
  renderInTestApp(
    <TestApiProvider apis={[[platformApiRef, new FixtureApi()]]}>
      <EntityProvider entity={anEntity(entity)}>
        <Routes>
          <Route path="/*" element={element} />
        </Routes>
      </EntityProvider>
    </TestApiProvider>,
  );

describe('the cards and contents of the legacy frontend system', () => {
  it('show an entity where it runs', async () => {
    await render(<EntityWhereItRunsCard />);
    expect(await screen.findByText('5 clusters · 1 not ready')).toBeVisible();
  });

  it('show all of that as a content', async () => {
    await render(<EntityWhereItRunsContent />);
    expect(await screen.findByText('1–6 of 6')).toBeVisible();
  });

  it('show a cluster', async () => {
    await render(<EntityClusterCard />, 'resource:default/shop-prod-eu');
    expect(await screen.findByText('48 of 48 ready')).toBeVisible();
  });

  it('show the fleet on the home page', async () => {
    await render(<HomePageFleet />);
    expect(
      await screen.findByRole('list', { name: 'Clusters by state' }),
    ).toBeVisible();
    expect(screen.getByText('Fleet')).toBeVisible();
  });

  it('come with what tells where they make sense', () => {
    const cluster = anEntity('resource:default/shop-prod-eu');
    expect(isWhereItRunsAvailable(anEntity(cart))).toBe(true);
    expect(isWhereItRunsAvailable(cluster)).toBe(false);
    expect(isPlatformClusterAvailable(cluster)).toBe(true);
  });
});
