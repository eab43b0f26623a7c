import { qualifiedName, type ResourceType } from '../resources/ResourceType';
import type { ScanOptions } from '../store/ObjectSource';
import { GeneratedObject } from './Blueprint';
import { NAMESPACE_BLUEPRINT, NODE_BLUEPRINT } from './clusterScopedBlueprints';
import type { ClusterModel } from './ClusterModel';
import { POD_BLUEPRINT, podName } from './podBlueprint';
import {
  REPLICA_SET_BLUEPRINT,
  WORKLOAD_BLUEPRINTS,
} from './workloadBlueprints';
import type { Workload, WorkloadKind } from './Workload';
import { WorkloadItem } from './WorkloadItem';

/** One resource out of the numbers of a cluster, after a round. */
interface Generator {
  kind: string;
  /** Whether its objects live in namespaces. */
  namespaced: boolean;
  /** In the order of keys; of one namespace, for resources that have them. */
  make(cluster: ClusterModel, place: Place): GeneratedObject[];
  count(cluster: ClusterModel, place: Place): number;
}

interface Place {
  /** Number of the namespace. */
  namespace: number;
  /** Number of the round. */
  round: number;
}

const GENERATORS: Readonly<Record<string, Generator>> = {
  nodes: {
    kind: 'Node',
    namespaced: false,
    make: (cluster, { round }) =>
      Array.from(
        { length: cluster.plan.nodes },
        (_, index) =>
          new GeneratedObject(cluster.nodeName(index), NODE_BLUEPRINT, {
            cluster,
            index,
            round,
          }),
      ),
    count: cluster => cluster.plan.nodes,
  },
  namespaces: {
    kind: 'Namespace',
    namespaced: false,
    make: (cluster, { round }) =>
      Array.from(
        { length: cluster.plan.namespaces },
        (_, index) =>
          new GeneratedObject(
            cluster.namespaceName(index),
            NAMESPACE_BLUEPRINT,
            { cluster, index, round },
          ),
      ),
    count: cluster => cluster.plan.namespaces,
  },
  'deployments.apps': workloadGenerator('deployments'),
  'statefulsets.apps': workloadGenerator('statefulsets'),
  'daemonsets.apps': workloadGenerator('daemonsets'),
  'cronjobs.batch': workloadGenerator('cronjobs'),
  'replicasets.apps': {
    kind: 'ReplicaSet',
    namespaced: true,
    make: (cluster, place) =>
      ordered(
        workloads(cluster, place, 'deployments').map(workload => {
          const item = new WorkloadItem(cluster, workload);
          return new GeneratedObject(
            keyIn(cluster, place, item.replicaSetName),
            REPLICA_SET_BLUEPRINT,
            item,
          );
        }),
      ),
    count: (cluster, place) => workloads(cluster, place, 'deployments').length,
  },
  pods: {
    kind: 'Pod',
    namespaced: true,
    make: (cluster, place) =>
      ordered(
        workloads(cluster, place).flatMap(workload => {
          const owner = new WorkloadItem(cluster, workload);
          return workload.pods.map((_, index) => {
            const item = { owner, index, round: place.round };
            return new GeneratedObject(
              keyIn(cluster, place, podName(item)),
              POD_BLUEPRINT,
              item,
            );
          });
        }),
      ),
    count: (cluster, place) =>
      workloads(cluster, place).reduce((sum, { pods }) => sum + pods.length, 0),
  },
};

function workloadGenerator(kind: WorkloadKind): Generator {
  return {
    kind: WORKLOAD_BLUEPRINTS[kind].kind,
    namespaced: true,
    make: (cluster, place) =>
      ordered(
        workloads(cluster, place, kind).map(
          workload =>
            new GeneratedObject(
              keyIn(cluster, place, workload.name),
              WORKLOAD_BLUEPRINTS[kind],
              new WorkloadItem(cluster, workload),
            ),
        ),
      ),
    count: (cluster, place) => workloads(cluster, place, kind).length,
  };
}

function workloads(
  cluster: ClusterModel,
  { namespace, round }: Place,
  kind?: WorkloadKind,
): Workload[] {
  const all = cluster.workloadsIn(namespace, round);
  return kind ? all.filter(workload => workload.kind === kind) : all;
}

function keyIn(cluster: ClusterModel, { namespace }: Place, name: string) {
  return `${cluster.namespaceName(namespace)}/${name}`;
}

function ordered(objects: GeneratedObject<any>[]): GeneratedObject[] {
  return objects.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Two rounds of every resource with namespaces. */
const KEPT_COUNTS = 12;

/** The objects of a cluster as they were after any round, in the order of their keys. */
export class GeneratedObjects {
  /** Resources that it has objects of. */
  static readonly resources: readonly Pick<
    ResourceType,
    'group' | 'resource' | 'kind'
  >[] = Object.entries(GENERATORS).map(([name, { kind }]) => {
    const [resource, group = ''] = name.split('.');
    return { group, resource, kind };
  });

  /** Objects of each namespace, of the resources and rounds that were counted last. */
  private readonly counts = new Map<string, Uint32Array>();

  constructor(private readonly cluster: ClusterModel) {}

  /** Those of one resource from a key on, at a revision. */
  *scan(
    options: ScanOptions & { revision: number },
  ): Iterable<GeneratedObject> {
    const generator = GENERATORS[qualifiedName(options.resource)];
    if (!generator) return;
    const { from = '' } = options;
    for (const place of this.places(generator, options)) {
      for (const object of generator.make(this.cluster, place)) {
        if (object.key >= from) yield object;
      }
    }
  }

  /** How many {@link GeneratedObjects.scan} would give, without making them. */
  count(options: ScanOptions & { revision: number }): number {
    const generator = GENERATORS[qualifiedName(options.resource)];
    if (!generator) return 0;
    const { from = '' } = options;
    let count = 0;
    let first = true;
    for (const place of this.places(generator, options)) {
      // Only the first of several places can lie on both sides of the key.
      count += first
        ? generator
            .make(this.cluster, place)
            .filter(object => object.key >= from).length
        : this.countsOf(options.resource, generator, place.round)[
            place.namespace
          ];
      first = false;
    }
    return count;
  }

  get(
    resource: Pick<ResourceType, 'group' | 'resource'>,
    key: string,
    revision: number,
  ): GeneratedObject | undefined {
    const namespace = key.includes('/')
      ? key.slice(0, key.indexOf('/'))
      : undefined;
    for (const object of this.scan({
      resource,
      namespace,
      from: key,
      revision,
    })) {
      return object.key === key ? object : undefined;
    }
    return undefined;
  }

  /** Every page of a list tells how many objects are left: counted once, not page by page. */
  private countsOf(
    resource: Pick<ResourceType, 'group' | 'resource'>,
    generator: Generator,
    round: number,
  ): Uint32Array {
    const name = `${qualifiedName(resource)}@${round}`;
    const known = this.counts.get(name);
    if (known) return known;
    const counts = Uint32Array.from(
      { length: this.cluster.plan.namespaces },
      (_, namespace) => generator.count(this.cluster, { namespace, round }),
    );
    if (this.counts.size >= KEPT_COUNTS) {
      this.counts.delete(this.counts.keys().next().value!);
    }
    this.counts.set(name, counts);
    return counts;
  }

  private *places(
    generator: Generator,
    options: ScanOptions & { revision: number },
  ): Iterable<Place> {
    const { cluster } = this;
    const { namespace, from = '' } = options;
    const round = cluster.rounds.seenAt(options.revision);
    if (!generator.namespaced) {
      yield { namespace: 0, round };
      return;
    }
    for (let index = 0; index < cluster.plan.namespaces; index++) {
      const name = cluster.namespaceName(index);
      if (namespace !== undefined && name !== namespace) continue;
      // The character after the slash that ends the name in keys.
      if (`${name}0` > from) yield { namespace: index, round };
    }
  }
}
