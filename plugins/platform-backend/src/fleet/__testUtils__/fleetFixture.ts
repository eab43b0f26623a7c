import { mockServices } from '@backstage/backend-test-utils';
import { ALL_CLUSTERS, type Caller } from '../access/Caller';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import {
  holdLease,
  insertCluster,
} from '../../collect/store/__testUtils__/leases';
import { createStores } from '../../collect/store/__testUtils__/stores';
import { HistoryStore } from '../../collect/store/HistoryStore';
import { LedgerStore } from '../../collect/store/LedgerStore';
import { Cursors } from '../../http/Cursors';
import type { CollectorInfo } from '../clusterVerdict';
import { CatalogIndex } from '../../catalog/CatalogIndex';
import { CatalogStore } from '../../catalog/CatalogStore';
import { ClusterAttributes } from '../attributes/ClusterAttributes';
import { ClusterBriefStore } from '../ClusterBriefStore';
import { FleetReadModel } from '../FleetReadModel';
import { OwnershipService } from '../ownership/OwnershipService';
import { OwnershipStore } from '../ownership/OwnershipStore';
import { OwnershipUpdates } from '../ownership/OwnershipUpdates';
import { WorkloadOwners } from '../ownership/WorkloadOwners';
import { COLLECTOR_BY_KIND } from '../workloadCollectors';
import { CollectionService } from '../CollectionService';
import { FleetService } from '../FleetService';
import { FleetStore } from '../FleetStore';
import { WorkloadService } from '../WorkloadService';
import { WorkloadStore } from '../WorkloadStore';

const ids = [
  'discovery',
  'nodes',
  'namespaces',
  'deployments',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'jobs',
  'pods',
];

/** The collectors that the fleet room reads. */
export const collectors: CollectorInfo[] = ids.map(id => ({
  id,
  title: id[0].toUpperCase() + id.slice(1),
  cadenceMs: 300_000,
}));

/** An observed object of a workload or of anything else with a namespace. */
export function object(
  key: string,
  doc: object,
  more: Partial<ObservedObject> = {},
): ObservedObject {
  return {
    key,
    namespace: 'shop',
    name: key,
    doc: doc as ObservedObject['doc'],
    ...more,
  };
}

/** A deployment that is ready unless `doc` says otherwise. */
export function deployment(name: string, doc: object = {}): ObservedObject {
  return object(
    `uid-${name}`,
    {
      desired: 2,
      ready: 2,
      updated: 2,
      createdAt: '2026-11-01T00:00:00Z',
      containers: [{ name: 'app', image: `registry.example/${name}:1.0` }],
      ...doc,
    },
    { name },
  );
}

/** The sum over the pods of one owner. */
export function podSum(owner: string, doc: object = {}): ObservedObject {
  const [kind, namespace, name] = owner.split('/');
  return {
    key: owner,
    namespace,
    name,
    doc: {
      ownerKind: kind,
      ownerName: name,
      phases: { Running: 2 },
      pods: 2,
      ready: 2,
      restarts: 0,
      reasons: {},
      images: [],
      nodes: ['n1', 'n2'],
      nodeCount: 2,
      ...doc,
    },
  };
}

/** A caller who may see everything; the catalog has no entity. */
export const ANYBODY: Caller = {
  clusters: ALL_CLUSTERS,
  readEntities: async () => new Map(),
  readableRefs: async () => new Set(),
};

/**
 * A fleet room over an empty database, and a way to collect into it.
 *
 * @param enabled - ids of the collectors that run; all of them unless given
 */
export function fleetRoom(knex: Knex, enabled: readonly string[] = ids) {
  const settings = [{ name: 'prod', environment: 'prod', ring: '2' }];
  const catalog = new CatalogStore({ knex });
  const index = new CatalogIndex({ store: catalog, knex });
  const logger = mockServices.logger.mock();
  const attributes = new ClusterAttributes({
    catalog,
    logger,
    clusters: settings,
  });
  const owners = new WorkloadOwners({
    index,
    kinds: new Map(Object.entries(COLLECTOR_BY_KIND)),
  });
  const ownership = new OwnershipUpdates({ owners });
  const stores = createStores(knex, [
    new FleetReadModel({ collectors: enabled, owners, ownership, attributes }),
  ]);
  const ledger = new LedgerStore({ knex });
  const cursors = new Cursors('secret');
  const workloads = new WorkloadStore({ knex, collectors: enabled });
  const service = new FleetService({
    fleet: new FleetStore({ knex }),
    briefs: new ClusterBriefStore({ knex }),
    workloads,
    catalog,
    cursors,
    collectors: collectors.filter(({ id }) => enabled.includes(id)),
    history: new HistoryStore({ database: stores.database }),
  });
  const common = {
    fleet: service,
    workloads,
    owners: new OwnershipStore({ knex }),
    cursors,
  };
  const workloadService = new WorkloadService(common);
  const collect = async (
    clusterId: number,
    collector: string,
    objects: ObservedObject[],
    options: { complete?: boolean } = {},
  ) => {
    const lease = await holdLease(knex, { clusterId, collector });
    const writer = await stores.observations.beginList(lease);
    if (objects.length > 0) await writer.page(objects);
    if (options.complete ?? true) {
      await writer.complete({ resourceVersion: '1' });
    }
  };
  return {
    ...stores,
    service,
    workloadService,
    ownershipService: new OwnershipService({
      ...common,
      workloadService,
      catalog,
      index,
    }),
    collectionService: new CollectionService({ ledger, cursors }),
    ledger,
    collect,
    catalog,
    index,
    owners,
    ownership,
    attributes,
    logger,
    async addCluster(name: string, values?: object) {
      const id = await insertCluster(knex, name, values);
      await knex.transaction(tx => attributes.refresh(tx, [id]));
      return id;
    },
    /** Collects nothing from all collectors, completely. */
    async collectNothing(clusterId: number) {
      for (const { id } of collectors) await collect(clusterId, id, []);
    },
  };
}
