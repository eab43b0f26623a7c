import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import {
  knownAdvisories,
  NotCheckedError,
  openAdvisories,
} from './advisories.mjs';

const tree = [
  { manifest: { name: 'lodash', version: '4.17.15' } },
  { manifest: { name: 'lodash', version: '3.0.0' } },
  { manifest: { name: 'fine', version: '1.0.0' } },
];

/** A registry on the loopback address. */
async function registry(t, answer) {
  const asked = [];
  const server = createServer(async (req, res) => {
    const parts = [];
    for await (const part of req) parts.push(part);
    asked.push([req.method, req.url, Buffer.concat(parts).toString()]);
    const { status = 200, body } = answer;
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/npm`, asked };
}

test('what a registry knows is told with the versions that are installed', async t => {
  const { url, asked } = await registry(t, {
    body: {
      lodash: [
        {
          id: 1,
          url: 'https://advisories.example/GHSA-1',
          title: 'Prototype pollution',
          severity: 'high',
          vulnerable_versions: '<4.17.20',
        },
      ],
    },
  });
  const advisories = await knownAdvisories(tree, url);
  assert.deepEqual(asked, [
    [
      'POST',
      '/npm/-/npm/v1/security/advisories/bulk',
      '{"lodash":["4.17.15","3.0.0"],"fine":["1.0.0"]}',
    ],
  ]);
  assert.match(
    openAdvisories(advisories, {}).join(),
    /^high: lodash 4\.17\.15, 3\.0\.0: Prototype pollution .*explain GHSA-1 in/,
  );
  assert.deepEqual(openAdvisories(advisories, { 'GHSA-1': { why: 'x' } }), []);
});

test('an explanation that nothing needs any more is to do', () => {
  assert.match(
    openAdvisories([], { 'GHSA-2': { why: 'x' } }).join(),
    /explains GHSA-2, which concerns nothing/,
  );
});

for (const [what, answer] of [
  ['does not offer it', { status: 405, body: '' }],
  ['answers with a page', { body: '<html>' }],
]) {
  test(`a registry that ${what} has checked nothing`, async t => {
    const { url } = await registry(t, answer);
    await assert.rejects(knownAdvisories(tree, url), NotCheckedError);
  });
}

test('a registry that does not answer has checked nothing', async () => {
  await assert.rejects(
    knownAdvisories(tree, 'http://127.0.0.1:1'),
    NotCheckedError,
  );
});
