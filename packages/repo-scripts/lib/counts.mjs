/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
export const none = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** @param {Counts[]} all @returns {Counts} */
export function sum(all) {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    none,
  );
}

/** A check without tests of its own counts as one. @returns {Counts} */
export function ofExitCode(code) {
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Counts of a jest `--json` report. A suite that could not even be loaded has
 * no tests, and counts as one failure.
 *
 * @returns {Counts}
 */
export function ofJestReport(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of Playwright's JSON reporter. @returns {Counts} */
export function ofPlaywrightReport({ stats, errors = [] }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** Counts of the summary that `node --test` prints in TAP or spec form. @returns {Counts} */
export function ofNodeTestOutput(text) {
  const count = name => {
    const match = text.match(new RegExp(`^(?:#|ℹ) ${name} (\\d+)$`, 'm'));
    if (!match) throw new Error(`node --test printed no "${name}" line`);
    return Number(match[1]);
  };
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
}

/** The line that ends every test run. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
