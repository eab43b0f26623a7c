import assert from 'node:assert/strict';
import test from 'node:test';
import { kubeconfigClusters } from './kubeconfigClusters.mjs';

const kubeconfig = {
  contexts: [
    { name: 'prod', context: { cluster: 'c1', user: 'u1' } },
    { name: 'dev', context: { cluster: 'c1', user: 'u2' } },
  ],
  clusters: [
    {
      name: 'c1',
      cluster: {
        server: 'https://127.0.0.1:6443',
        'certificate-authority-data': 'Q0E=',
      },
    },
  ],
  users: [
    { name: 'u1', user: { token: 't' } },
    { name: 'u2', user: { 'client-certificate-data': 'x' } },
  ],
};

test('a context with a token becomes a cluster, one without is named', () => {
  const { config, skipped } = kubeconfigClusters(kubeconfig, 'config');
  const [{ clusters }] = config.kubernetes.clusterLocatorMethods;
  assert.deepEqual(
    clusters.map(({ name, url, caData }) => ({ name, url, caData })),
    [{ name: 'prod', url: 'https://127.0.0.1:6443', caData: 'Q0E=' }],
  );
  assert.equal(skipped.length, 1);
  assert.match(skipped[0], /context "dev".*has no token.*create token/s);
});

test('a kubeconfig without a usable context is an error that says why', () => {
  assert.throws(
    () =>
      kubeconfigClusters(
        { ...kubeconfig, contexts: [kubeconfig.contexts[1]] },
        'my-config',
      ),
    /my-config: no context can be used\n.*context "dev"/,
  );
});

test('a context that points nowhere names what is missing', () => {
  assert.throws(
    () => kubeconfigClusters({ ...kubeconfig, users: [] }, 'my-config'),
    /my-config: there is no user named "u1"/,
  );
});
