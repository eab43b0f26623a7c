import { expect, test, type Page } from '@playwright/test';
import { readAdoption } from '../src/Adoption';
import { ScriptSizes } from '../src/browser/ScriptSizes';
import { openCatalog } from '../src/browser/openCatalog';
import { watchErrors } from '../src/browser/watchErrors';
import { shells } from '../src/portal/buildApps';

/** Bytes of JavaScript, compressed, that Roadbed may add to a page that is not its own. */
const MOST_ELSEWHERE = 15_000;
/** Bytes of JavaScript, compressed, that opening the first page of Roadbed may load. */
const MOST_FOR_A_PAGE = 200_000;

const inKilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;

async function openFleet(page: Page) {
  await page.getByRole('link', { name: 'Platform' }).click();
  await expect(page).toHaveURL(/\/platform\/fleet$/);
  const clusters = page.getByRole('region', { name: 'Clusters' });
  await expect(clusters.getByRole('rowheader')).toHaveCount(10, {
    timeout: 60_000,
  });
  return clusters;
}

for (const shell of shells) {
  test.describe(`a bare portal with the shell "${shell}"`, () => {
    test.skip(
      !process.env.ROADBED_CHROMIUM,
      'ROADBED_CHROMIUM does not name a browser',
    );

    const portal = () => {
      const found = readAdoption().shells.find(other => other.shell === shell);
      if (!found) throw new Error(`the portal of ${shell} was not started`);
      return found;
    };

    test('shows the clusters on the Fleet page', async ({ page }) => {
      const errors = watchErrors(page);
      await openCatalog(page, portal().url);
      const clusters = await openFleet(page);
      await expect(
        clusters.getByRole('row').filter({ hasText: 'shop-prod-eu' }),
      ).toContainText('fresh', { timeout: 100_000 });
      expect(errors).toEqual([]);
    });

    test('answers the API to who is signed in, and to nobody else', async ({
      request,
    }) => {
      const summary = `${portal().url}/api/platform/fleet/summary`;
      expect((await request.get(summary)).status()).toBe(401);
      const signedIn = await request.post(
        `${portal().url}/api/auth/guest/refresh`,
      );
      const { backstageIdentity } = await signedIn.json();
      const answer = await request.get(summary, {
        headers: { Authorization: `Bearer ${backstageIdentity.token}` },
      });
      expect(answer.status()).toBe(200);
      expect(await answer.json()).toMatchObject({ clusters: { total: 10 } });
    });

    test('stays as light as promised', async ({ browser }) => {
      const weigh = async (
        url: string,
        look: (page: Page, sizes: ScriptSizes) => Promise<void>,
      ) => {
        const page = await browser.newPage();
        const sizes = new ScriptSizes(page);
        await openCatalog(page, url);
        await look(page, sizes);
        await page.close();
      };
      let before = 0;
      let elsewhere = 0;
      let opened = 0;
      await weigh(portal().urlBefore, async (_, sizes) => {
        before = await sizes.total();
      });
      await weigh(portal().url, async (page, sizes) => {
        elsewhere = await sizes.total();
        await openFleet(page);
        await page.waitForLoadState('networkidle');
        opened = await sizes.total();
      });
      const figure = `${shell}: catalog ${inKilobytes(
        before,
      )}, with Roadbed +${inKilobytes(
        elsewhere - before,
      )}, Fleet opened +${inKilobytes(opened - elsewhere)} (gzip)`;
      // The summary of `npm test` prints it.
      test.info().annotations.push({ type: 'figure', description: figure });
      // The benchmarks read these.
      const bytes = {
        shell,
        eager: elsewhere - before,
        page: opened - elsewhere,
      };
      test.info().annotations.push({
        type: 'bytes',
        description: JSON.stringify(bytes),
      });
      expect(elsewhere - before).toBeLessThanOrEqual(MOST_ELSEWHERE);
      expect(opened - elsewhere).toBeLessThanOrEqual(MOST_FOR_A_PAGE);
      expect(opened).toBeGreaterThan(elsewhere);
    });
  });
}
