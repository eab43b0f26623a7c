import { defineConfig } from '@playwright/test';

/**
 * Packs every plugin, adds the tarballs to a bare portal outside the checkout,
 * starts it in both frontend systems (all of that is `src/prepare.ts`), then
 * looks at the packages and at the portals.
 */
export default defineConfig({
  testDir: 'e2e-tests',
  outputDir: '../../node_modules/.cache/roadbed-test/adoption-browser',
  globalSetup: './src/prepare.ts',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  use: {
    viewport: { width: 1400, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.ROADBED_CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
