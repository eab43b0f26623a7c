import {
  CONTROLLER,
  controlledBy,
  suffix,
  type Manager,
} from '../builders/meta';
import { pod } from '../builders/pod';
import { deploymentConditions, replicaSetOf } from '../builders/workloads';
import type { KubernetesObject } from '../kubernetes';
import type { ObjectChange } from '../store/ObjectSource';
import { timestamp, type ObjectStore } from '../store/ObjectStore';

const DEPLOYMENTS = { group: 'apps', resource: 'deployments' };
const REPLICA_SETS = { group: 'apps', resource: 'replicasets' };
const PODS = { group: '', resource: 'pods' };

/**
 * Brings Deployments whose spec changed to what they ask for, one pod a step:
 * a rollout is seen to happen, and `kubectl scale` does what it says.
 */
export class DeploymentController {
  /** Keys of Deployments that are not where they want to be. */
  private readonly pending = new Set<string>();
  private readonly unsubscribe: () => void;
  private created = 0;

  constructor(
    private readonly options: {
      store: ObjectStore;
      now: () => number;
      /** Where a new pod runs. */
      nextNode: () => string;
    },
  ) {
    this.unsubscribe = options.store.subscribe(change => this.notice(change));
  }

  stop(): void {
    this.unsubscribe();
  }

  /** Moves every pending rollout one pod further. */
  step(): void {
    for (const key of [...this.pending]) {
      const workload = this.options.store.get(DEPLOYMENTS, key);
      if (!workload || this.advance(workload)) this.pending.delete(key);
    }
  }

  private notice({ type, resource, object }: ObjectChange): void {
    if (resource.resource !== 'deployments' || type !== 'MODIFIED') return;
    const { generation, namespace, name } = object.metadata;
    const { observedGeneration } = object.status as {
      observedGeneration?: number;
    };
    if (generation !== observedGeneration) {
      this.pending.add(`${namespace}/${name}`);
    }
  }

  /** @returns whether the rollout is done */
  private advance(workload: KubernetesObject): boolean {
    const { store } = this.options;
    const { replicas } = workload.spec as { replicas: number };
    const wanted = this.currentReplicaSet(workload);
    const { current, old } = this.podsOf(workload, wanted);
    if (current.length < replicas) {
      current.push(this.addPod(workload, wanted));
    } else if (current.length > replicas) {
      this.removePod(current.pop()!);
    }
    if (old.length && current.length + old.length > replicas) {
      this.removePod(old.pop()!);
    }
    this.recount(wanted, current.length, replicas);
    const done = current.length === replicas && old.length === 0;
    store.apply(
      withRolloutStatus(workload, {
        updated: current.length,
        total: current.length + old.length,
        done,
        now: this.options.now(),
      }),
    );
    return done;
  }

  /** The ReplicaSet of the newest template, made when it is new; the others go. */
  private currentReplicaSet(workload: KubernetesObject): KubernetesObject {
    const { store, now } = this.options;
    const wanted = replicaSetOf(workload, {
      createdAt: now(),
      replicas: 0,
      ready: 0,
    });
    const { name, namespace } = wanted.metadata;
    return (
      store.get(REPLICA_SETS, `${namespace}/${name}`) ?? store.apply(wanted)
    );
  }

  private podsOf(workload: KubernetesObject, wanted: KubernetesObject) {
    const { store } = this.options;
    const { namespace, uid } = workload.metadata;
    const owners = new Set(
      store
        .list(REPLICA_SETS, namespace)
        .filter(one => one.metadata.ownerReferences?.some(o => o.uid === uid))
        .map(one => one.metadata.uid),
    );
    const own = store
      .list(PODS, namespace)
      .filter(one =>
        one.metadata.ownerReferences?.some(o => owners.has(o.uid)),
      );
    const isCurrent = (one: KubernetesObject) =>
      one.metadata.ownerReferences?.[0].uid === wanted.metadata.uid;
    return {
      current: own.filter(isCurrent),
      old: own.filter(one => !isCurrent(one)),
    };
  }

  private addPod(
    workload: KubernetesObject,
    replicaSet: KubernetesObject,
  ): KubernetesObject {
    const { store, now, nextNode } = this.options;
    const generateName = `${replicaSet.metadata.name}-`;
    const { template } = replicaSet.spec as any;
    return store.apply(
      pod({
        name: `${generateName}${suffix(
          `${generateName}new${this.created++}`,
          5,
        )}`,
        generateName,
        namespace: workload.metadata.namespace!,
        labels: template.metadata.labels,
        spec: template.spec,
        createdAt: now(),
        ownerReferences: [controlledBy(replicaSet)],
        nodeName: nextNode(),
      }),
    );
  }

  private removePod({ metadata }: KubernetesObject): void {
    this.options.store.delete(PODS, `${metadata.namespace}/${metadata.name}`);
  }

  private recount(
    replicaSet: KubernetesObject,
    count: number,
    desired: number,
  ): void {
    this.options.store.apply({
      ...replicaSet,
      spec: { ...(replicaSet.spec as object), replicas: desired },
      status: {
        ...(replicaSet.status as object),
        replicas: count,
        fullyLabeledReplicas: count,
        readyReplicas: count,
        availableReplicas: count,
      },
    });
  }
}

/** The Deployment with the status of a rollout that is under way or done. */
function withRolloutStatus(
  workload: KubernetesObject,
  rollout: { updated: number; total: number; done: boolean; now: number },
): KubernetesObject {
  const { updated, total, done, now } = rollout;
  const at = timestamp(now);
  const { replicas } = workload.spec as { replicas: number };
  return {
    ...workload,
    metadata: {
      ...workload.metadata,
      managedFields: writtenBy(workload, CONTROLLER, at),
    },
    status: {
      ...(workload.status as object),
      // Kept behind until it is done, so that the rollout is picked up again.
      observedGeneration: done
        ? workload.metadata.generation
        : (workload.status as any).observedGeneration,
      replicas: total,
      updatedReplicas: updated,
      readyReplicas: total,
      availableReplicas: total,
      unavailableReplicas: undefined,
      conditions: deploymentConditions(Math.min(total, replicas), replicas, at),
    },
  };
}

/** The managedFields of an object that one of its managers wrote again. */
export function writtenBy(
  object: KubernetesObject,
  manager: Manager,
  at: string,
): KubernetesObject['metadata']['managedFields'] {
  return object.metadata.managedFields?.map(entry =>
    entry.manager === manager.name && entry.subresource === manager.subresource
      ? { ...entry, time: at }
      : entry,
  );
}
