import assert from 'node:assert/strict';
import test from 'node:test';
import { figuresOf } from './playwrightFigures.mjs';

const spec = (...annotations) => ({ tests: [{ annotations }] });

test('figures are found at any depth, in order, and nothing else is', () => {
  const report = {
    suites: [
      {
        specs: [spec({ type: 'figure', description: 'a: 1 KB' })],
        suites: [
          {
            specs: [
              spec(
                { type: 'skip', description: 'no browser' },
                { type: 'figure', description: 'b: 2 KB' },
              ),
            ],
          },
        ],
      },
      { specs: [spec()] },
    ],
  };
  assert.deepEqual(figuresOf(report), ['a: 1 KB', 'b: 2 KB']);
  assert.deepEqual(figuresOf({ suites: [] }), []);
});
