import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import permissionBackend from '@backstage/plugin-permission-backend';
import {
  deployment,
  namespace,
  node,
  startSimulatedCluster,
  type KubernetesObject,
} from '@roadbed/fleet-simulator';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  detailsOf,
  eventually,
  lendingOf,
  startPlatform,
} from '../../../__testUtils__/startPlatform';
import { CALLERS, TEAM, type CallerName } from './callers';
import { catalog } from './guardedCatalog';
import { authWithActors, policy } from './permissionPolicy';
import { recordingAuditor, type AuditEvent } from './recordingAuditor';

/**
 * The whole backend with the permission backend and a policy, over a fleet of
 * which a member sees two names out of five:
 *
 * - `own-prod`, which `hidden-alias` is another name of
 * - `own-alias`, which is another name of `hidden-prod`
 * - `hidden-dead`, which does not answer and is listed twice
 *
 * @param collect - how it is collected; twice a second unless it says otherwise
 */
export async function startGuardedPlatform(
  knex: Knex,
  collect: { cadence?: object } = {},
) {
  const cleanUps: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  const simulate = async (name: string, objects: KubernetesObject[]) => {
    const cluster = await startSimulatedCluster({ name, objects });
    cleanUps.push(() => cluster.stop());
    return cluster;
  };
  const objectsOf = (service: string, space: string, host: string) => [
    namespace({ name: space }),
    node({ name: host }),
    deployment({
      name: service,
      namespace: space,
      labels: { 'backstage.io/kubernetes-id': service },
    }),
    deployment({ name: `${service}-stray`, namespace: space }),
  ];
  const own = await simulate('own-prod', objectsOf('cart', 'shop', 'node-1'));
  const hidden = await simulate(
    'hidden-prod',
    objectsOf('ghost', 'crypt', 'hidden-node'),
  );
  const dead = detailsOf(own, {
    name: 'hidden-dead',
    url: 'https://127.0.0.1:1',
  });
  let list = [detailsOf(own), detailsOf(hidden), dead, dead];

  const events: AuditEvent[] = [];
  const settings = (name: string, owner: string) => ({
    name,
    environment: name,
    owner,
  });
  const platform = await startPlatform({
    knex,
    features: [
      lendingOf(() => list),
      catalog,
      authWithActors,
      recordingAuditor(events),
      permissionsServiceFactory,
      permissionBackend,
      policy,
    ],
    config: { permission: { enabled: true } },
    platform: {
      collect,
      fleet: {
        clusters: [
          settings('own-prod', TEAM),
          settings('own-alias', TEAM),
          settings('hidden-prod', 'group:default/team-b'),
          settings('hidden-alias', 'group:default/team-b'),
          settings('hidden-dead', 'group:default/team-b'),
        ],
      },
    },
  });
  cleanUps.push(platform.stop);

  const call = (
    caller: CallerName,
    path: string,
    options: { method?: 'get' | 'post'; query?: object; plugin?: string } = {},
  ) => {
    const { method = 'get', query = {}, plugin = 'platform' } = options;
    return request(platform.server)
      [method](`/api/${plugin}${path}`)
      .query(query)
      .set('Authorization', CALLERS[caller]);
  };

  const stateOf = async (name: string) =>
    (await call('engineer', `/fleet/clusters/${name}`)).body.state;
  try {
    await eventually(
      async () => (await call('engineer', '/fleet/workloads')).body,
      ({ items }) =>
        items?.length === 4 &&
        items.filter((item: any) => item.ownership === 'owned').length === 2,
    );
    // Only now, so that it is known which name is the first.
    list = [
      ...list,
      detailsOf(own, { name: 'hidden-alias' }),
      detailsOf(hidden, { name: 'own-alias' }),
    ];
    await platform.readList();
    await eventually(
      () => Promise.all(['hidden-alias', 'own-alias'].map(stateOf)),
      states => states.every(state => state === 'duplicate'),
    );
    await eventually(
      () => stateOf('hidden-dead'),
      state => state === 'unreachable',
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { call, events, port: platform.server.port(), stop };
}
