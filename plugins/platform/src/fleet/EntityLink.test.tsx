import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { EntityLink } from './EntityLink';

const withCatalog = {
  mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
};

describe('EntityLink', () => {
  it('leads to the entity, named without what goes without saying', async () => {
    await renderInTestApp(
      <EntityLink entityRef="group:shop/team-cart" kind="group" />,
      withCatalog,
    );
    expect(
      screen.getByRole('link', { name: 'shop/team-cart' }),
    ).toHaveAttribute('href', '/catalog/shop/group/team-cart');
  });

  it('takes a reference without a kind for one of the expected kind', async () => {
    await renderInTestApp(
      <EntityLink entityRef="team-cart" kind="group" title="Cart" />,
      withCatalog,
    );
    expect(screen.getByRole('link', { name: 'Cart' })).toHaveAttribute(
      'href',
      '/catalog/default/group/team-cart',
    );
  });

  it('is text where the portal has no catalog', async () => {
    await renderInTestApp(
      <EntityLink entityRef="component:default/cart" kind="component" />,
    );
    expect(screen.getByText('cart')).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('is text for what names no entity', async () => {
    await renderInTestApp(
      <EntityLink entityRef="the cart team, <b>ask</b>:/" kind="group" />,
      withCatalog,
    );
    expect(screen.getByText('the cart team, <b>ask</b>:/')).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
