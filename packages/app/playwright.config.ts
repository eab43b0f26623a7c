import { defineConfig } from '@playwright/test';

const port = Number(process.env.ROADBED_TEST_PORT ?? 7107);

/** A demo portal of its own for each of the two frontend systems. */
const portal = (options: { name: string; port: number; args?: string }) => ({
  command: `node ../repo-scripts/start.mjs --still --port ${
    options.port
  } --state-dir node_modules/.cache/roadbed-test/${options.name} ${
    options.args ?? ''
  }`,
  url: `http://localhost:${options.port}/`,
  reuseExistingServer: !process.env.CI,
  timeout: 300_000,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 15_000 },
});

/**
 * The browser tests run against the demo portal in both frontend systems, on
 * ports and states of their own, with clusters that hold still.
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
  projects: [
    { name: 'app', use: { baseURL: `http://localhost:${port}` } },
    {
      name: 'app-legacy',
      testMatch: 'fleet.test.ts',
      use: { baseURL: `http://localhost:${port + 1}` },
    },
  ],
  webServer: [
    portal({ name: 'portal', port }),
    portal({ name: 'portal-legacy', port: port + 1, args: '--legacy' }),
  ],
});
