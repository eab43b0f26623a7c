import { expect, test } from '@playwright/test';

test('a guest is signed in and sees the catalog of the demo company', async ({
  page,
}) => {
  await page.goto('/catalog');
  await expect(page.getByRole('link', { name: 'checkout' })).toBeVisible();
});
