import { ClusterReader } from '../list/ClusterReader';
import { runProbe } from '../runProbe';
import { RunTally } from '../RunTally';
import { MemoryObservations } from '../__testUtils__/MemoryObservations';
import {
  ScriptedConnection,
  type ScriptedAnswer,
} from '../__testUtils__/ScriptedConnection';
import { discoveryCollector } from './discovery';

const VERSION = { json: { gitVersion: 'v1.26.3', major: '1', minor: '26+' } };

/** Runs discovery against a cluster with these paths; others are 404. */
async function discover(paths: Record<string, ScriptedAnswer>) {
  const connection = new ScriptedConnection(
    ({ path }) =>
      paths[path] ?? {
        status: 404,
        json: { kind: 'Status', reason: 'NotFound' },
      },
  );
  const { signal } = new AbortController();
  const reader = new ClusterReader(connection, signal);
  const observations = new MemoryObservations();
  await runProbe({
    collector: discoveryCollector,
    reader,
    observations,
    tally: new RunTally(reader),
    job: {
      connection,
      signal,
      onProgress: () => undefined,
      lease: {
        clusterId: 1,
        clusterName: 'shop-dev',
        collector: 'discovery',
        epoch: 1,
        owner: 'test',
        leaseUntil: 0,
      },
    },
  });
  return {
    doc: (key: string) => observations.rows.get(key)?.doc,
    requests: connection.requests.map(request => request.path),
  };
}

const BASE = {
  '/version': VERSION,
  '/readyz': { text: 'ok' },
  '/api': { json: { kind: 'APIVersions', versions: ['v1'] } },
  '/api/v1': {
    json: {
      kind: 'APIResourceList',
      resources: [{ name: 'pods' }, { name: 'pods/log' }],
    },
  },
  '/apis': {
    json: {
      kind: 'APIGroupList',
      groups: [
        { name: 'apps', versions: [{ version: 'v1' }] },
        { name: 'metrics.k8s.io', versions: [{ version: 'v1beta1' }] },
      ],
    },
  },
  '/apis/apps/v1': {
    json: { kind: 'APIResourceList', resources: [{ name: 'deployments' }] },
  },
  '/apis/metrics.k8s.io/v1beta1': { status: 500, json: { kind: 'Status' } },
};

describe('discoveryCollector', () => {
  it('asks version by version where a cluster does not aggregate discovery', async () => {
    const { doc } = await discover(BASE);
    expect(doc('apis')).toEqual({
      groups: {
        '': { versions: ['v1'], resources: { pods: ['v1'] } },
        apps: { versions: ['v1'], resources: { deployments: ['v1'] } },
        'metrics.k8s.io': {
          versions: ['v1beta1'],
          resources: {},
          incomplete: true,
        },
      },
    });
  });

  it('collection D10 a group whose server is down is incomplete, not empty', async () => {
    const { doc, requests } = await discover({
      ...BASE,
      '/api': { json: { kind: 'APIGroupDiscoveryList', items: [] } },
      '/apis': {
        json: {
          kind: 'APIGroupDiscoveryList',
          items: [
            {
              metadata: { name: 'metrics.k8s.io' },
              versions: [
                { version: 'v1beta1', resources: [], freshness: 'Stale' },
              ],
            },
            {
              metadata: { name: 'autoscaling' },
              versions: [
                {
                  version: 'v2',
                  resources: [{ resource: 'horizontalpodautoscalers' }],
                },
                {
                  version: 'v1',
                  resources: [{ resource: 'horizontalpodautoscalers' }],
                },
              ],
            },
          ],
        },
      },
    });
    expect(requests).toEqual(['/version', '/api', '/apis', '/readyz']);
    expect(doc('apis')).toEqual({
      groups: {
        'metrics.k8s.io': {
          versions: ['v1beta1'],
          resources: {},
          incomplete: true,
        },
        autoscaling: {
          versions: ['v2', 'v1'],
          resources: { horizontalpodautoscalers: ['v2', 'v1'] },
        },
      },
    });
  });

  it('knows a cluster that is not ready from one that does not say', async () => {
    const notReady = await discover({
      ...BASE,
      '/readyz': { status: 500, text: 'no' },
    });
    expect(notReady.doc('ready')).toEqual({ ready: false, text: 'status 500' });
    const silent = await discover({
      ...BASE,
      '/readyz': { status: 403, json: { kind: 'Status' } },
    });
    expect(silent.doc('ready')).toBeUndefined();
    expect(silent.doc('version')).toMatchObject({ gitVersion: 'v1.26.3' });
  });

  it('fails as a whole when a refused page may hide groups', async () => {
    await expect(
      discover({ ...BASE, '/apis': { status: 403, json: { kind: 'Status' } } }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['/version', { json: {} }, 'a version of Kubernetes'],
    ['/version', { text: 'v1.34.0' }, 'a version of Kubernetes'],
    ['/api', { json: {} }, 'the list of served APIs'],
    ['/apis', { json: { kind: 'Status' } }, 'the list of served APIs'],
    ['/apis', { json: null }, 'the list of served APIs'],
  ])(
    'takes nothing for an answer that says nothing: %s %j',
    async (path, answer, expected) => {
      await expect(discover({ ...BASE, [path]: answer })).rejects.toMatchObject(
        {
          code: 'not_kubernetes',
          message: expect.stringContaining(
            `${path} with something else than ${expected}`,
          ),
        },
      );
    },
  );

  it('refuses more APIs than a cluster has', async () => {
    const groups = Array.from({ length: 200 }, (_, index) => ({
      name: `group-${index}`,
      versions: Array.from({ length: 10 }, (__, n) => ({ version: `v${n}` })),
    }));
    await expect(
      discover({
        ...BASE,
        '/apis': { json: { kind: 'APIGroupList', groups } },
      }),
    ).rejects.toMatchObject({ code: 'not_kubernetes' });
  });

  it('takes names that every object of JavaScript has', async () => {
    const names = ['constructor', '__proto__', 'toString'];
    const { doc } = await discover({
      ...BASE,
      '/apis': {
        json: {
          kind: 'APIGroupDiscoveryList',
          items: names.map(name => ({
            metadata: { name },
            versions: [
              {
                version: 'v1',
                resources: names.map(resource => ({ resource })),
              },
            ],
          })),
        },
      },
    });
    const { groups } = JSON.parse(JSON.stringify(doc('apis')));
    expect(Object.keys(groups)).toEqual(expect.arrayContaining(names));
    expect(Object.keys(groups.constructor.resources)).toEqual(names);
  });
});
