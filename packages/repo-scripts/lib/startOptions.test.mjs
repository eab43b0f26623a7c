import assert from 'node:assert/strict';
import test from 'node:test';
import { nodeVersionProblem } from './nodeVersion.mjs';
import { startOptions } from './startOptions.mjs';

test('the port comes from the option, then from $PORT, then is 7007', () => {
  assert.equal(startOptions(['--port', '8000'], { PORT: '9000' }).port, 8000);
  assert.equal(startOptions([], { PORT: '9000' }).port, 9000);
  assert.equal(startOptions([], {}).port, 7007);
});

test('a bad port names where it came from', () => {
  assert.throws(
    () => startOptions([], { PORT: 'x' }),
    /\$PORT: expected a port/,
  );
  assert.throws(
    () => startOptions(['--port', '0'], {}),
    /--port: expected a port/,
  );
});

test('an unknown option is refused by name, with the usage', () => {
  assert.throws(() => startOptions(['--fast'], {}), /--fast[\s\S]*--state-dir/);
});

test('two sources of clusters are refused', () => {
  assert.throws(
    () => startOptions(['--real'], { PLATFORM_KUBECONFIG: 'f' }),
    /PLATFORM_KUBECONFIG/,
  );
});

test('a Node outside engines.node is named with what to install', () => {
  assert.equal(nodeVersionProblem('20.20.2', '20 || 22 || 24'), undefined);
  assert.match(nodeVersionProblem('18.0.0', '20 || 22 || 24'), /Node 18.0.0/);
  assert.match(nodeVersionProblem('2.0.0', '20 || 22'), /Node 2.0.0/);
});
