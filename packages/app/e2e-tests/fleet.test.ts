import { expect, test, type Page } from '@playwright/test';
import { seriousViolations } from './seriousViolations';

const clusters = (page: Page) => page.getByRole('region', { name: 'Clusters' });

const row = (page: Page, name: string) =>
  clusters(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });

/** Opens Fleet once what the tests look at has been collected. */
async function openFleet(page: Page) {
  await page.goto('/platform/fleet');
  await expect(row(page, 'shop-prod-eu')).toContainText('fresh', {
    timeout: 120_000,
  });
  await expect(row(page, 'data-stage')).toContainText('partial', {
    timeout: 120_000,
  });
}

test.describe('Fleet', () => {
  test.setTimeout(240_000);

  test('shows the clusters of the demo company and what is wrong', async ({
    page,
  }) => {
    await page.goto('/platform');
    await expect(page).toHaveURL(/\/platform\/fleet$/);
    await openFleet(page);
    await expect(page.getByText(/^10 clusters · /)).toBeVisible();
    await expect(clusters(page).getByRole('rowheader')).toHaveCount(10);

    await expect(row(page, 'shop-prod-eu')).toContainText(
      'v1.34.4-eks-abc1234',
    );
    await expect(row(page, 'data-stage')).toContainText('partial');
    // The name that is read first is the cluster, the other its second name.
    const secondNames = clusters(page)
      .getByRole('row')
      .filter({ hasText: 'two names' });
    await expect(secondNames).toHaveCount(1);
    await expect(secondNames.getByRole('rowheader')).toHaveText(
      /^shop-dev(-old)?$/,
    );
    await expect(row(page, 'edge-prod')).toContainText('unreachable', {
      timeout: 120_000,
    });
  });

  test('follows a tile to the clusters it counts', async ({ page }) => {
    await openFleet(page);
    await page.getByRole('link', { name: /with gaps?/ }).click();
    await expect(page).toHaveURL(/state=partial/);
    await expect(clusters(page).getByRole('rowheader')).toHaveText([
      'data-stage',
    ]);
  });

  test('shows the same rows to whoever opens the link', async ({ page }) => {
    await openFleet(page);
    await page.goto(
      '/platform/fleet?environment=stage&sort=version&order=desc',
    );
    await expect(clusters(page).getByRole('rowheader')).toHaveText([
      'shop-stage',
      'data-stage',
    ]);
    await page
      .getByRole('button', { name: 'Remove filter environment: stage' })
      .click();
    await expect(clusters(page).getByRole('rowheader')).toHaveCount(10);
    await expect(page).not.toHaveURL(/environment=/);
    await expect(page).toHaveURL(/sort=version/);
  });

  test('names the rule that a cluster denies', async ({ page }) => {
    await openFleet(page);
    await page.getByRole('button', { name: 'Show the rule to add' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('resources: ["pods"]');
    await expect(dialog).toContainText('"list"');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  test('leads to a cluster with the keyboard alone', async ({ page }) => {
    await openFleet(page);
    const search = page.getByRole('searchbox', { name: /Search clusters/ });
    await search.focus();
    await page.keyboard.type('data-stage');
    await expect(clusters(page).getByRole('rowheader')).toHaveCount(1);
    const link = clusters(page).getByRole('link', { name: 'data-stage' });
    for (let step = 0; step < 20; step++) {
      await page.keyboard.press('Tab');
      if (await link.evaluate(node => node === document.activeElement)) break;
    }
    await expect(link).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/platform\/fleet\/clusters\/data-stage$/);
    await expect(
      page.getByRole('heading', { name: /data-stage/ }),
    ).toBeVisible();
  });

  test('shows how far the picture of a cluster can be trusted', async ({
    page,
  }) => {
    await openFleet(page);
    await page.goto('/platform/fleet/clusters/data-stage');
    const coverage = page.getByRole('region', { name: 'Coverage' });
    await expect(
      coverage.getByRole('row').filter({ hasText: 'not collected' }),
    ).toContainText('Pods');
    await expect(
      page.getByRole('region', { name: 'Collection runs' }).getByRole('row'),
    ).not.toHaveCount(1);
    await expect(
      page.getByRole('region', { name: 'Workloads' }).getByRole('rowheader'),
    ).not.toHaveCount(0);
  });

  test('turns the pages of the workloads', async ({ page }) => {
    await openFleet(page);
    await page.getByRole('tab', { name: 'Workloads' }).click();
    const list = page.getByRole('region', { name: 'Workloads' });
    await expect(list.getByText(/^1–50 of /)).toBeVisible();
    const first = await list.getByRole('rowheader').first().textContent();
    await list.getByRole('button', { name: 'Next', exact: true }).click();
    await expect(list.getByText(/^51–100 of /)).toBeVisible();
    await page.reload();
    await expect(list.getByText(/^51–100 of /)).toBeVisible();
    await list.getByRole('button', { name: 'Previous', exact: true }).click();
    await expect(list.getByText(/^1–50 of /)).toBeVisible();
    await expect(list.getByRole('rowheader').first()).toHaveText(first!);
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`has no serious accessibility violation in the ${theme} theme`, async ({
      page,
    }) => {
      await page.addInitScript(
        name => localStorage.setItem('theme', name),
        theme,
      );
      await openFleet(page);
      expect(await seriousViolations(page)).toEqual([]);
      await page.goto('/platform/fleet/clusters/data-stage');
      await expect(
        page.getByRole('region', { name: 'Collection runs' }),
      ).toBeVisible();
      expect(await seriousViolations(page)).toEqual([]);
      await page.goto('/platform/workloads?status=failed');
      await expect(page.getByRole('rowheader').first()).toBeVisible();
      expect(await seriousViolations(page)).toEqual([]);
    });
  }
});
