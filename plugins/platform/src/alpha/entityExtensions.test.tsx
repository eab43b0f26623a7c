import {
  TestApiProvider,
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { screen } from '@testing-library/react';
import { FixtureApi } from '../../dev/FixtureApi';
import { anEntity } from '../../dev/entities';
import { platformApiRef } from '../api/platformApiRef';
import { entityClusterRouteRef, entityWhereItRunsRouteRef } from '../routes';
import { clusterCard, whereItRunsCard } from './entityCards';
import { clusterContent, whereItRunsContent } from './entityContents';
import { fleetHomeCard } from './homeCards';

const component = anEntity('component:default/cart');
const user = anEntity('user:default/ann');
const cluster = anEntity('resource:default/shop-prod-eu');

const render = (element: JSX.Element, entity = component) =>
  renderInTestApp(
    <TestApiProvider apis={[[platformApiRef, new FixtureApi()]]}>
      <EntityProvider entity={entity}>{element}</EntityProvider>
    </TestApiProvider>,
  );

describe('the cards and contents of the new frontend system', () => {
  it.each([
    [createExtensionTester(whereItRunsCard), [true, false, false]],
    [createExtensionTester(clusterCard), [false, false, true]],
  ])('show each card where it makes sense', (tester, expected) => {
    const filter = tester.get(EntityCardBlueprint.dataRefs.filterFunction)!;
    expect([component, user, cluster].map(filter)).toEqual(expected);
  });

  it.each([
    [
      createExtensionTester(whereItRunsContent),
      'where-it-runs',
      'deployment',
      entityWhereItRunsRouteRef,
    ],
    [
      createExtensionTester(clusterContent),
      'cluster',
      'operation',
      entityClusterRouteRef,
    ],
  ])('give each content its place', (tester, path, group, ref) => {
    expect(tester.get(coreExtensionData.routePath)).toBe(path);
    expect(tester.get(EntityContentBlueprint.dataRefs.group)).toBe(group);
    expect(tester.get(coreExtensionData.routeRef)).toBe(ref);
  });

  it('follow the filter of app-config', () => {
    const filter = createExtensionTester(whereItRunsCard, {
      config: { filter: { kind: 'user' } },
    }).get(EntityCardBlueprint.dataRefs.filterFunction)!;
    expect([component, user].map(filter)).toEqual([false, true]);
  });

  it('render the card', async () => {
    await render(createExtensionTester(whereItRunsCard).reactElement());
    expect(await screen.findByText('5 clusters · 1 not ready')).toBeVisible();
  });

  it('render the content', async () => {
    await render(createExtensionTester(whereItRunsContent).reactElement());
    expect(await screen.findByText('1–6 of 6')).toBeVisible();
  });

  it('render the card of a cluster', async () => {
    await render(createExtensionTester(clusterCard).reactElement(), cluster);
    expect(await screen.findByText('48 of 48 ready')).toBeVisible();
  });

  it('render the card for the home page', async () => {
    const { component: element, title } = createExtensionTester(
      fleetHomeCard,
    ).get(HomePageWidgetBlueprint.dataRefs.widget);
    expect(title).toBe('Fleet');
    await render(element);
    expect(
      await screen.findByRole('list', { name: 'Clusters by state' }),
    ).toBeVisible();
  });
});
