import { expect, type Page } from '@playwright/test';

/** Opens the catalog, which every portal here has, as a guest, and waits until all of it is there. */
export async function openCatalog(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/catalog`);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole('table').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
}
