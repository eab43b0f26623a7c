import { expect, test, type Page } from '@playwright/test';
import { seriousViolations } from './seriousViolations';

const CART = '/catalog/default/component/cart-api';
const TEAM = '/catalog/default/group/team-checkout';
const CLUSTER = '/catalog/default/resource/data-stage';

const region = (page: Page, name: string) =>
  page.getByRole('region', { name, exact: true });

/** Opens an address again and again until the fleet has been collected. */
async function openWhenCollected(page: Page, path: string, words: RegExp) {
  await expect(async () => {
    await page.goto(path);
    await expect(page.getByText(words).first()).toBeVisible({
      timeout: 5_000,
    });
  }).toPass({ timeout: 180_000 });
}

test.describe('Entities', () => {
  test.setTimeout(300_000);

  test('show where they run, and lead to all of it', async ({ page }) => {
    await openWhenCollected(page, CART, /^4 clusters/);
    const card = region(page, 'Where it runs');
    await expect(card.getByRole('rowheader')).toHaveCount(5);
    await expect(card).toContainText(
      'matched by label backstage.io/kubernetes-id=cart-api',
    );
    await card.getByRole('link', { name: /^All \d+ workloads$/ }).click();
    await expect(page).toHaveURL(/cart-api\/where-it-runs$/);
    await expect(region(page, 'Clusters').getByRole('rowheader')).toHaveText([
      'shop-dev',
      'shop-prod-eu',
      'shop-prod-us',
      'shop-stage',
    ]);
    const list = region(page, 'Workloads');
    await list.getByRole('button', { name: 'cluster', exact: true }).click();
    await page
      .getByRole('menuitemcheckbox', { name: 'shop-dev', exact: true })
      .click();
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/\?cluster=shop-dev$/);
    await expect(list.getByRole('link', { name: 'shop-stage' })).toHaveCount(0);
    await expect(list.getByRole('link', { name: 'shop-dev' })).not.toHaveCount(
      0,
    );
  });

  test('that own others show what is theirs', async ({ page }) => {
    await openWhenCollected(page, `${TEAM}/where-it-runs`, /4 clusters/);
    await expect(region(page, 'How its workloads are found')).toContainText(
      'Workloads of the entities that Checkout owns',
    );
    await expect(
      region(page, 'Workloads').getByRole('link', { name: 'cart-api' }).first(),
    ).toHaveAttribute('href', CART);
  });

  test('that stand for a cluster show how it is', async ({ page }) => {
    await openWhenCollected(page, CLUSTER, /^\d+ of \d+ ready$/);
    const card = region(page, 'Cluster');
    await expect(card).toContainText('partial');
    await expect(card).toContainText('v1.34');
    await expect(card.getByRole('list', { name: 'Why' })).toContainText(
      'needs list pods',
    );
    await card.getByRole('link', { name: 'Open the cluster' }).click();
    await expect(page).toHaveURL(/\/platform\/fleet\/clusters\/data-stage$/);
    await page.goto(`${CLUSTER}/cluster`);
    await expect(region(page, 'Coverage')).toContainText('not collected');
  });

  test('say what to add when nothing of them runs', async ({ page }) => {
    await page.route('**/fleet/by-entity/**', async route => {
      const response = await route.fetch();
      const body = await response.json();
      await route.fulfill({
        response,
        json: {
          ...body,
          items: [],
          totalItems: 0,
          clusters: [],
          totals: { clusters: 0, workloads: 0, notReady: 0 },
          match: { ...body.match, selectors: [] },
        },
      });
    });
    await page.goto(CART);
    const card = region(page, 'Where it runs');
    await expect(card).toContainText('Add this to its catalog-info.yaml');
    expect(
      await seriousViolations(page, '[aria-label="Where it runs"]'),
    ).toEqual([]);
  });

  test('that nobody owns are listed with what would change that', async ({
    page,
  }) => {
    await openWhenCollected(page, '/platform/unowned', /Label the workload/);
    const list = region(page, 'Workloads without an owner');
    await list.getByRole('button', { name: 'How to add it' }).first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('kubectl label');
    expect(await seriousViolations(page, '[role="dialog"]')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`have no serious accessibility violation in the ${theme} theme`, async ({
      page,
    }) => {
      await page.addInitScript(
        name => localStorage.setItem('theme', name),
        theme,
      );
      for (const width of [1400, 800]) {
        await page.setViewportSize({ width, height: 900 });
        await openWhenCollected(page, CART, /^4 clusters/);
        expect(
          await seriousViolations(page, '[aria-label="Where it runs"]'),
        ).toEqual([]);
        await openWhenCollected(page, CLUSTER, /^\d+ of \d+ ready$/);
        expect(
          await seriousViolations(page, 'section[aria-label="Cluster"]'),
        ).toEqual([]);
        await openWhenCollected(page, `${TEAM}/where-it-runs`, /4 clusters/);
        for (const name of [
          'Clusters',
          'How its workloads are found',
          'Workloads',
        ]) {
          await expect(region(page, name)).toBeVisible();
          expect(
            await seriousViolations(page, `section[aria-label="${name}"]`),
          ).toEqual([]);
        }
      }
    });
  }
});
