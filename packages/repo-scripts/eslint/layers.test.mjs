import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { inRoot } from '../lib/paths.mjs';

const { ESLint } = createRequire(inRoot('package.json'))('eslint');

/** Messages of the layering for one line of code at a place of the house. */
async function messagesFor(place, code) {
  const filePath = inRoot('plugins', ...place.split('/'));
  const eslint = new ESLint({ cwd: inRoot() });
  const [result] = await eslint.lintText(`${code}\n`, { filePath });
  return result.messages
    .filter(({ ruleId }) => /no-restricted-imports|no-mixed/.test(ruleId ?? ''))
    .map(({ message }) => message);
}

const wrong = [
  [
    'platform-common/src/fleet/x.ts',
    `import { a } from '../slo/budget';\nexport const b = a;`,
    /fleet\/ may use no other room/,
  ],
  [
    'platform-common/src/upgrades/x.ts',
    `import { a } from '../scorecard/score';\nexport const b = a;`,
    /upgrades\/ may use only fleet\//,
  ],
  [
    'platform-common/src/fleet/x.ts',
    `import { readFileSync } from 'node:fs';\nexport const b = readFileSync;`,
    /no UI, no node, no I\/O/,
  ],
  [
    'platform-common/src/fleet/x.ts',
    `import { useState } from 'react';\nexport const b = useState;`,
    /no UI, no node, no I\/O/,
  ],
  [
    'platform-backend/src/collect/x.ts',
    `import { a } from '../fleet/FleetService';\nexport const b = a;`,
    /collect\/ knows Kubernetes and the queue/,
  ],
  [
    'platform-backend/src/fleet/x.ts',
    `import { a } from '../upgrades/UpgradesService';\nexport const b = a;`,
    /fleet\/ may use no other room/,
  ],
  [
    'platform-backend/src/slo/x.ts',
    `import { a } from '../fleet/FleetStore';\nexport const b = a;`,
    /through its …Service file alone/,
  ],
  [
    'platform/src/components/x.ts',
    `import { a } from '../fleet/FleetPage';\nexport const b = a;`,
    /Shared components know no room/,
  ],
  [
    'platform/src/fleet/x.ts',
    `import { a } from '@roadbed/backstage-plugin-platform-backend';\nexport const b = a;`,
    /frontend|backend/i,
  ],
];

for (const [place, code, message] of wrong) {
  test(`refused in ${place}: ${code.split('\n')[0]}`, async () => {
    const messages = await messagesFor(place, code);
    assert.ok(
      messages.some(text => message.test(text)),
      `expected ${message}, got ${JSON.stringify(messages)}`,
    );
  });
}

const right = [
  [
    'platform-backend/src/slo/x.ts',
    `import { a } from '../fleet/FleetService';\nexport const b = a;`,
  ],
  [
    'platform-backend/src/scorecard/x.ts',
    `import { a } from '../slo/SloService';\nexport const b = a;`,
  ],
  [
    'platform-common/src/upgrades/x.ts',
    `import { a } from '../fleet/clusterState';\nexport const b = a;`,
  ],
];

for (const [place, code] of right) {
  test(`allowed in ${place}: ${code.split('\n')[0]}`, async () => {
    assert.deepEqual(await messagesFor(place, code), []);
  });
}
