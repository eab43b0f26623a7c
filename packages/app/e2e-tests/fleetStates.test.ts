import { expect, test, type Route } from '@playwright/test';
import { seriousViolations } from './seriousViolations';

const PAGES = [
  { name: 'Fleet', path: '/platform/fleet' },
  { name: 'a cluster', path: '/platform/fleet/clusters/data-stage' },
  { name: 'Workloads', path: '/platform/workloads' },
  { name: 'Unowned', path: '/platform/unowned' },
] as const;

const API = '**/api/platform/**';

const refuse = (status: number, name: string, message: string) => (r: Route) =>
  r.fulfill({
    status,
    json: { error: { name, message }, response: { statusCode: status } },
  });

const broken = refuse(
  503,
  'ServiceUnavailableError',
  'The database does not answer',
);

/** Answers as the backend does, but for what `edit` changes. */
const edited = (edit: (body: any) => object) => async (route: Route) => {
  const response = await route.fetch();
  await route.fulfill({ response, json: edit(await response.json()) });
};

/** The states of a page that do not come by themselves, and how each is made. */
const STATES: Array<{
  name: string;
  answer: (route: Route) => Promise<void> | void;
  /** What says so on the pages that know the state; absent: nothing must. */
  words?: RegExp;
}> = [
  { name: 'loading', answer: () => {}, words: /^Loading$/ },
  { name: 'broken', answer: broken, words: /^Could not load/ },
  {
    name: 'forbidden',
    answer: refuse(403, 'NotAllowedError', 'Unauthorized'),
    words: /^You may not see/,
  },
  {
    name: 'empty',
    answer: edited(body => ({
      ...body,
      ...(body.items && { items: [], pageInfo: {}, totalItems: 0 }),
      ...(body.clusterList && { clusters: { total: 0, byState: {} } }),
      ...(body.coverage && { coverage: [], nodePools: [], history: [] }),
    })),
  },
  {
    name: 'a catalog that was never read',
    answer: edited(body => ({
      ...body,
      ...(body.clusterList && { ownership: null }),
      ...(body.catalogIndex && { catalogIndex: { asOf: null } }),
      ...(body.items?.[0]?.ownership && {
        items: body.items.map((item: object) => ({
          ...item,
          ownership: 'unknown',
          owners: [],
        })),
      }),
    })),
  },
];

test.describe('The states of the pages', () => {
  test.setTimeout(120_000);

  for (const theme of ['light', 'dark'] as const) {
    for (const { name, answer, words } of STATES) {
      test(`are accessible in the ${theme} theme: ${name}`, async ({
        page,
      }) => {
        await page.addInitScript(
          chosen => localStorage.setItem('theme', chosen),
          theme,
        );
        await page.route(API, answer);
        for (const { path } of PAGES) {
          await page.goto(path);
          await expect(
            page
              .locator('article')
              .locator('[role=status], [role=alert]')
              .first(),
          ).toBeAttached({ timeout: 30_000 });
          if (words) {
            await expect(page.getByText(words).first()).toBeAttached();
          }
          expect
            .soft(await seriousViolations(page), `${path}, ${name}`)
            .toEqual([]);
        }
      });
    }
  }

  for (const { name, path } of PAGES) {
    test(`keeps the last data of ${name} while the backend is away`, async ({
      page,
    }) => {
      await page.clock.install();
      await page.goto(path);
      await expect(page.getByRole('rowheader').first()).toBeVisible({
        timeout: 60_000,
      });
      await page.route(API, broken);
      await page.clock.runFor(61_000);
      await expect(
        page.getByText(/Could not refresh\. Showing what was loaded/).first(),
      ).toBeVisible();
      await expect(page.getByRole('rowheader').first()).toBeVisible();
      expect(await seriousViolations(page)).toEqual([]);
    });
  }

  test('fit 800 pixels without scrolling sideways', async ({ page }) => {
    await page.setViewportSize({ width: 800, height: 900 });
    await page.goto('/platform/workloads');
    const list = page.getByRole('group', { name: 'Workloads' });
    await expect(list.getByRole('rowheader').first()).toBeVisible({
      timeout: 60_000,
    });
    await expect
      .poll(() => list.evaluate(node => node.scrollWidth - node.clientWidth))
      .toBe(0);
    await expect(list.getByText('Namespace').first()).toBeVisible();
  });
});
