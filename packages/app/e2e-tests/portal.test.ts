import { expect, test } from '@playwright/test';

test('a guest is signed in and sees the catalog of the demo company', async ({
  page,
}) => {
  await page.goto('/catalog?filters[kind]=component&filters[user]=all');
  await expect(page.getByText('All Components (62)')).toBeVisible();
  await expect(page.getByRole('link', { name: 'cart-api' })).toBeVisible();
});

test('the front page is the platform', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/platform\/fleet/);
});
