import { expect, test, type Page } from '@playwright/test';

const clusterRow = (page: Page, name: string) =>
  page
    .getByRole('group', { name: 'Clusters' })
    .getByRole('link', { name, exact: true });

test('a team sees less than the platform team', async ({ page }) => {
  await page.goto('/platform/fleet');
  await expect(clusterRow(page, 'shop-prod-eu')).toBeVisible();

  await page.getByRole('button', { name: 'View as…' }).click();
  await page.getByRole('menuitemradio', { name: /Ida Svensson/ }).click();

  await expect(clusterRow(page, 'shop-dev')).toBeVisible();
  await expect(clusterRow(page, 'pay-prod')).toBeVisible();
  await expect(clusterRow(page, 'shop-prod-eu')).toHaveCount(0);
  await expect(page.getByText('shop-prod-eu')).toHaveCount(0);

  // What is hidden is not there, also for who knows its address.
  await page.goto('/platform/fleet/clusters/shop-prod-eu');
  await expect(
    page.getByText('No cluster is called shop-prod-eu'),
  ).toBeVisible();
});

test('a team collects its own cluster on request, and no other', async ({
  page,
}) => {
  await page.addInitScript(() =>
    window.localStorage.setItem('roadbed-demo-user', 'ida.svensson'),
  );
  await page.goto('/platform/fleet/clusters/shop-dev');
  await expect(
    page.getByRole('heading', { name: 'shop-dev' }).first(),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: /Collect now/ })).toHaveCount(
    0,
  );

  await page.goto('/platform/fleet/clusters/pay-prod');
  await expect(page.getByRole('button', { name: /Collect now/ })).toBeVisible();
});
