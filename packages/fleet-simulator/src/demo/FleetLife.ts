import { job } from '../builders/jobs';
import { CONTROLLER, controlledBy, suffix } from '../builders/meta';
import { node } from '../builders/node';
import { pod } from '../builders/pod';
import type { KubernetesObject } from '../kubernetes';
import { timestamp, type ObjectStore } from '../store/ObjectStore';
import type { ClusterPlan } from './clusterPlans';
import { DeploymentController, writtenBy } from './DeploymentController';
import { nodeOptions } from './nodes';
import { Random } from '../Random';

const DEPLOYMENTS = { group: 'apps', resource: 'deployments' };
const CRON_JOBS = { group: 'batch', resource: 'cronjobs' };
const JOBS = { group: 'batch', resource: 'jobs' };
const PODS = { group: '', resource: 'pods' };
const NODES = { group: '', resource: 'nodes' };

/** A cluster that lives. */
export interface LivingCluster {
  plan: ClusterPlan;
  store: ObjectStore;
}

interface Inhabited extends LivingCluster {
  deployments: DeploymentController;
  /** Index of the next node that is upgraded to the version of the control plane. */
  nextUpgrade: number;
}

/** How often things happen, in steps. */
const EVERY = { rollout: 5, run: 4, restart: 3, node: 24, upgrade: 36 };

/**
 * Makes a fleet change as fleets do: rollouts, job runs, restarts, nodes that
 * are cordoned, upgraded and come back. Each {@link FleetLife.step} does a
 * little; equal seeds and clocks give equal lives.
 */
export class FleetLife {
  private readonly random: Random;
  private readonly clusters: Inhabited[];
  private steps = 0;

  constructor(
    private readonly options: {
      clusters: readonly LivingCluster[];
      seed: number;
      /** Epoch milliseconds. */
      now: () => number;
    },
  ) {
    this.random = new Random(`${options.seed}/life`);
    this.clusters = options.clusters.map(cluster => ({
      ...cluster,
      nextUpgrade: 0,
      deployments: new DeploymentController({
        store: cluster.store,
        now: options.now,
        nextNode: () =>
          this.random.pick(cluster.store.list(NODES)).metadata.name!,
      }),
    }));
  }

  /** Lets a little time pass; five seconds are a good pace for people. */
  step(): void {
    this.steps += 1;
    for (const cluster of this.clusters) cluster.deployments.step();
    if (this.isTime('rollout')) this.startRollout();
    if (this.isTime('run')) this.runCronJob();
    if (this.isTime('restart')) this.restartCrashing();
    if (this.isTime('node')) this.cordonOrRelease();
    if (this.isTime('upgrade')) this.upgradeNode();
  }

  /** Steps every so often until the returned function is called. */
  start(intervalMs: number): () => void {
    const timer = setInterval(() => this.step(), intervalMs);
    return () => {
      clearInterval(timer);
      for (const { deployments } of this.clusters) deployments.stop();
    };
  }

  private isTime(what: keyof typeof EVERY): boolean {
    return this.steps % EVERY[what] === 0;
  }

  private startRollout(): void {
    const { store } = this.random.pick(this.clusters);
    const services = store.list(DEPLOYMENTS).filter(isHealthyService);
    if (!services.length) return;
    const workload = this.random.pick(services);
    const spec = workload.spec as any;
    const at = timestamp(this.options.now());
    const [first, ...rest] = spec.template.spec.containers;
    const deployer = workload.metadata.managedFields?.[0].manager ?? 'kubectl';
    const revision = Number(
      workload.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 1,
    );
    store.apply({
      ...workload,
      metadata: {
        ...workload.metadata,
        generation: (workload.metadata.generation ?? 1) + 1,
        annotations: {
          ...workload.metadata.annotations,
          'deployment.kubernetes.io/revision': String(revision + 1),
        },
        managedFields: writtenBy(workload, { name: deployer }, at),
      },
      spec: {
        ...spec,
        template: {
          ...spec.template,
          spec: {
            ...spec.template.spec,
            containers: [{ ...first, image: nextImage(first.image) }, ...rest],
          },
        },
      },
    });
  }

  private runCronJob(): void {
    const { store } = this.random.pick(this.clusters);
    this.finishRuns(store);
    const due = store
      .list(CRON_JOBS)
      .filter(one => !(one.spec as { suspend: boolean }).suspend);
    if (!due.length) return;
    const cron = this.random.pick(due);
    const now = this.options.now();
    const { namespace, labels } = cron.metadata;
    const name = `${cron.metadata.name}-${Math.floor(now / 60_000)}`;
    if (store.get(JOBS, `${namespace}/${name}`)) return;
    const common = { namespace: namespace!, labels, createdAt: now };
    const run = store.apply(
      job({
        ...common,
        name,
        outcome: 'Running',
        ownerReferences: [controlledBy(cron)],
      }),
    );
    store.apply(
      pod({
        ...common,
        name: `${name}-${suffix(name, 5)}`,
        generateName: `${name}-`,
        ownerReferences: [controlledBy(run)],
        nodeName: this.random.pick(store.list(NODES)).metadata.name,
      }),
    );
    store.apply({
      ...cron,
      metadata: {
        ...cron.metadata,
        managedFields: writtenBy(cron, CONTROLLER, timestamp(now)),
      },
      status: { ...(cron.status as object), lastScheduleTime: timestamp(now) },
    });
  }

  /** Runs of the step before last are done; those before that are history. */
  private finishRuns(store: ObjectStore): void {
    for (const run of store.list(JOBS)) {
      const owner = run.metadata.ownerReferences?.[0];
      if (!owner) continue;
      const { namespace, name, labels, ownerReferences } = run.metadata;
      const key = `${namespace}/${name}`;
      const podKey = `${key}-${suffix(name!, 5)}`;
      const createdAt = Date.parse(run.metadata.creationTimestamp!);
      if ((run.status as { active?: number }).active) {
        store.apply(
          job({
            name: name!,
            namespace: namespace!,
            labels,
            createdAt,
            ownerReferences,
            durationMs: this.options.now() - createdAt,
          }),
        );
        const running = store.get(PODS, podKey);
        if (running) store.apply(finished(running, this.options.now()));
      } else if (this.options.now() - createdAt > 3_600_000) {
        store.delete(JOBS, key);
        if (store.get(PODS, podKey)) store.delete(PODS, podKey);
      }
    }
  }

  private restartCrashing(): void {
    for (const { store } of this.clusters) {
      const crashing = store
        .list(PODS)
        .filter(
          one =>
            statusesOf(one)[0]?.state?.waiting?.reason === 'CrashLoopBackOff',
        );
      if (!crashing.length) continue;
      const victim = this.random.pick(crashing);
      const [first, ...rest] = statusesOf(victim);
      store.apply({
        ...victim,
        status: {
          ...(victim.status as object),
          containerStatuses: [
            { ...first, restartCount: first.restartCount + 1 },
            ...rest,
          ],
        },
      });
    }
  }

  private cordonOrRelease(): void {
    const candidates = this.clusters.filter(
      ({ plan }) => plan.environment !== 'prod',
    );
    const { store } = this.random.pick(candidates);
    const nodes = store.list(NODES);
    const cordoned = nodes.find(
      one => (one.spec as { unschedulable?: boolean }).unschedulable,
    );
    const { spec, ...rest } = cordoned ?? this.random.pick(nodes);
    const {
      unschedulable: _unschedulable,
      taints: _taints,
      ...released
    } = spec as Record<string, unknown>;
    store.apply({
      ...rest,
      spec: cordoned
        ? released
        : {
            ...released,
            unschedulable: true,
            taints: [
              { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
            ],
          },
    });
  }

  /** Moves one machine to the version of its control plane. */
  private upgradeNode(): void {
    const now = this.options.now();
    const behind = this.clusters.find(
      ({ plan, nextUpgrade }) =>
        plan.environment === 'stage' &&
        plan.kubeletVersion &&
        nextUpgrade < plan.nodes,
    );
    if (!behind) return;
    const { store, plan } = behind;
    const upgraded = node({
      ...nodeOptions(plan, behind.nextUpgrade, now),
      kubeletVersion: plan.version,
      containerRuntimeVersion: 'containerd://2.1.5',
    });
    behind.nextUpgrade += 1;
    store.apply(upgraded);
  }
}

/** Failing services stay as they are: they are what there is to see. */
function isHealthyService({ metadata, status }: KubernetesObject): boolean {
  const { unavailableReplicas = 0 } = status as {
    unavailableReplicas?: number;
  };
  return (
    Boolean(metadata.labels?.['app.kubernetes.io/part-of']) &&
    unavailableReplicas === 0
  );
}

function statusesOf(one: KubernetesObject): any[] {
  return (one.status as { containerStatuses?: any[] }).containerStatuses ?? [];
}

function finished(running: KubernetesObject, now: number): KubernetesObject {
  const { metadata } = running;
  const done = pod({
    name: metadata.name!,
    namespace: metadata.namespace!,
    spec: running.spec as Record<string, any>,
    createdAt: now,
    state: 'Succeeded',
  });
  return { ...running, status: done.status };
}

/** The image of the next release: one patch further, without a digest that no longer fits. */
export function nextImage(image: string): string {
  const match = /^(.*):([^:/@]*?)(\d+)(?:@.*)?$/.exec(image);
  return match ? `${match[1]}:${match[2]}${Number(match[3]) + 1}` : image;
}
