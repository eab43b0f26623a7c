import assert from 'node:assert/strict';
import test from 'node:test';
import {
  ofJestReport,
  ofNodeTestOutput,
  ofPlaywrightReport,
  sum,
  summaryLine,
} from './counts.mjs';

test('a jest suite that did not load is a failure', () => {
  assert.deepEqual(
    ofJestReport({
      numPassedTests: 3,
      numFailedTests: 0,
      numRuntimeErrorTestSuites: 1,
      numPendingTests: 2,
      numTodoTests: 0,
    }),
    { passed: 3, failed: 1, skipped: 2 },
  );
});

test('a flaky browser test is a failure', () => {
  assert.deepEqual(
    ofPlaywrightReport({
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 },
      errors: [],
    }),
    { passed: 5, failed: 2, skipped: 0 },
  );
});

test('the summary of node --test is read in both of its forms', () => {
  const tap =
    '# tests 9\n# pass 7\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n';
  assert.deepEqual(ofNodeTestOutput(tap), { passed: 7, failed: 2, skipped: 0 });
  assert.deepEqual(ofNodeTestOutput(tap.replaceAll('#', 'ℹ')), {
    passed: 7,
    failed: 2,
    skipped: 0,
  });
  assert.throws(() => ofNodeTestOutput('nothing'), /no "pass" line/);
});

test('counts add up over all runners', () => {
  const total = sum([
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 10, failed: 1, skipped: 2 },
  ]);
  assert.equal(summaryLine(total), '11 passed, 1 failed, 2 skipped');
});
