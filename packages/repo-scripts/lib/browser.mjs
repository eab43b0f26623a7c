import { existsSync } from 'node:fs';

/** Where Linux distributions and macOS put a Chromium or Chrome. */
const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What is said where there is none. */
export const NO_BROWSER =
  'NO BROWSER: install chromium or set ROADBED_CHROMIUM to its path; the tests in a browser are skipped';

/**
 * The browser for the browser tests.
 *
 * @returns {string | undefined} `undefined` when there is none
 * @throws Error when `ROADBED_CHROMIUM` names a file that is not there
 */
export function findBrowser(env) {
  const wanted = env.ROADBED_CHROMIUM;
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new Error(
      `ROADBED_CHROMIUM names "${wanted}", which is not there: set it to the path of a Chromium, or unset it`,
    );
  }
  return candidates.find(existsSync);
}
