import { defineConfig } from '@playwright/test';

const port = Number(process.env.ROADBED_TEST_PORT ?? 7107);

/**
 * The browser tests run against the demo portal, on a port and a state of its
 * own, with clusters that hold still.
 */
export default defineConfig({
  testDir: 'e2e-tests',
  outputDir: '../../node_modules/.cache/roadbed-test/browser',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1400, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
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
  webServer: {
    command: `node ../repo-scripts/start.mjs --still --port ${port} --state-dir node_modules/.cache/roadbed-test/portal`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: !process.env.CI,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
});
