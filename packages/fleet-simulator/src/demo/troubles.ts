import { applyDeployment } from '../builders/applyWorkload';
import { apiService, validatingWebhook } from '../builders/extensions';
import { job } from '../builders/jobs';
import { build, CONTROLLER, type Manager } from '../builders/meta';
import { namespace } from '../builders/namespace';
import type { PodState } from '../builders/pod';
import {
  horizontalPodAutoscaler,
  podDisruptionBudget,
  resourceQuota,
} from '../builders/policies';
import type { KubernetesObject } from '../kubernetes';
import type { Trouble } from './clusterPlans';
import { before, type PopulationContext } from './PopulationContext';

const DEPLOYMENTS = { group: 'apps', resource: 'deployments' };

type Stage = (context: PopulationContext) => void;

/** How each trouble is staged; those of nodes and add-ons are staged where they are made. */
const STAGES: Readonly<Record<Trouble, Stage | undefined>> = {
  'crash-loop': context => failSome(context, 'CrashLoopBackOff', 2),
  'image-pull': context => failSome(context, 'ImagePullBackOff', 1),
  'pending-pods': context => failSome(context, 'Pending', 2),
  'blocked-drain': blockDrain,
  'hpa-at-max': pushAutoscalers,
  'failed-jobs': failJobs,
  'quota-nearly-used': fillQuota,
  'removed-apis': useRemovedApis,
  'fail-closed-webhook': addFailClosedWebhook,
  'unavailable-api-service': addUnavailableApiService,
  'unowned-workloads': addUnowned,
  'not-ready-node': undefined,
  'cordoned-node': undefined,
  'old-ingress-controller': undefined,
};

/** Stages the troubles of a plan in a cluster that is otherwise complete. */
export function applyTroubles(context: PopulationContext): void {
  for (const trouble of context.plan.troubles) STAGES[trouble]?.(context);
}

/** Deployments of services, not of add-ons. */
function serviceDeployments({ store }: PopulationContext): KubernetesObject[] {
  return store
    .list(DEPLOYMENTS)
    .filter(one => one.metadata.labels?.['app.kubernetes.io/part-of']);
}

/** Adds deployments whose newest rollout does not come up. */
function failSome(
  context: PopulationContext,
  failing: PodState,
  count: number,
): void {
  const { store, random, now } = context;
  for (let index = 0; index < count; index++) {
    const victim = random.pick(serviceDeployments(context));
    const { name, labels } = victim.metadata;
    const canary = `${name}-${failing === 'Pending' ? 'batch' : 'next'}`;
    applyDeployment(store, {
      name: canary,
      namespace: victim.metadata.namespace!,
      labels: { ...labels, app: canary },
      podLabels: labels,
      replicas: 3,
      readyReplicas: index % 2,
      failing,
      restarts: failing === 'CrashLoopBackOff' ? random.between(40, 400) : 0,
      image: `registry.example.com/${victim.metadata.namespace}/${name}:next`,
      createdAt: now - random.between(2, 60) * 3_600_000,
      nodeOf: context.nextNode,
    });
  }
}

/** A budget that never allows an eviction. */
function blockDrain(context: PopulationContext): void {
  const { store, random } = context;
  const single = serviceDeployments(context).filter(
    one => (one.spec as { replicas: number }).replicas === 1,
  );
  for (let index = 0; index < 2; index++) {
    const { metadata } = random.pick(single);
    store.apply(
      podDisruptionBudget({
        name: `${metadata.name}-always`,
        namespace: metadata.namespace!,
        labels: metadata.labels,
        selector: { app: metadata.name! },
        minAvailable: 1,
        healthy: 1,
        expected: 1,
        desired: 1,
        createdAt: before(context, 200),
      }),
    );
  }
}

function pushAutoscalers(context: PopulationContext): void {
  const { store, random } = context;
  const resource = {
    group: 'autoscaling',
    resource: 'horizontalpodautoscalers',
  };
  const all = store.list(resource);
  for (let index = 0; index < Math.min(2, all.length); index++) {
    const { metadata, spec, status } = random.pick(all);
    const { currentReplicas } = status as { currentReplicas: number };
    store.apply(
      horizontalPodAutoscaler({
        name: metadata.name!,
        namespace: metadata.namespace!,
        labels: metadata.labels,
        target: (spec as any).scaleTargetRef.name,
        minReplicas: 2,
        maxReplicas: currentReplicas,
        currentReplicas,
        cpuUtilization: 96,
      }),
    );
  }
}

function failJobs(context: PopulationContext): void {
  const { store, random, now } = context;
  const jobs = store
    .list({ group: 'batch', resource: 'jobs' })
    .filter(one => !one.metadata.ownerReferences);
  for (let index = 0; index < Math.min(2, jobs.length); index++) {
    const { metadata } = random.pick(jobs);
    store.apply(
      job({
        name: metadata.name!,
        namespace: metadata.namespace!,
        labels: metadata.labels,
        outcome: 'Failed',
        createdAt: now - 5 * 3_600_000,
        durationMs: 1_260_000,
      }),
    );
  }
}

function fillQuota(context: PopulationContext): void {
  const { store, plan } = context;
  store.apply(
    resourceQuota({
      name: 'compute',
      namespace: plan.systems?.[0] ?? 'search',
      hard: { 'requests.cpu': '20', 'requests.memory': '64Gi', pods: '120' },
      used: { 'requests.cpu': '19200m', 'requests.memory': '52Gi', pods: '98' },
      createdAt: before(context, 200),
    }),
  );
}

/** Objects whose managedFields show that they were written through versions that go away. */
function useRemovedApis(context: PopulationContext): void {
  const { store, now, random } = context;
  const at = now - 3 * 24 * 3_600_000;
  const manager = (name: string, apiVersion: string): Manager => ({
    name,
    apiVersion,
    at,
  });
  store.apply(
    build({
      apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
      kind: 'FlowSchema',
      meta: { name: 'batch-clients', createdAt: before(context, 300) },
      generation: true,
      content: {
        spec: {
          priorityLevelConfiguration: { name: 'workload-low' },
          matchingPrecedence: 8_000,
          distinguisherMethod: { type: 'ByUser' },
        },
        status: {},
      },
      managers: [manager('terraform', 'flowcontrol.apiserver.k8s.io/v1beta3')],
    }),
  );
  const victims = serviceDeployments(context);
  const { metadata } = random.pick(victims);
  store.apply(
    podDisruptionBudget({
      name: `${metadata.name}-budget`,
      namespace: metadata.namespace!,
      labels: metadata.labels,
      selector: { app: metadata.name! },
      maxUnavailable: 1,
      healthy: 2,
      expected: 2,
      desired: 1,
      createdAt: before(context, 300),
      managedBy: [
        manager('kubectl-client-side-apply', 'policy/v1beta1'),
        CONTROLLER,
      ],
    }),
  );
  const scaled = random.pick(victims).metadata;
  store.apply(
    horizontalPodAutoscaler({
      name: `${scaled.name}-legacy`,
      namespace: scaled.namespace!,
      labels: scaled.labels,
      target: scaled.name!,
      minReplicas: 1,
      maxReplicas: 6,
      currentReplicas: 2,
      cpuUtilization: 48,
      createdAt: before(context, 300),
      managedBy: [manager('helm', 'autoscaling/v2beta2'), CONTROLLER],
    }),
  );
}

function addFailClosedWebhook(context: PopulationContext): void {
  const name = 'image-policy';
  context.store.apply(
    validatingWebhook({
      name,
      service: { namespace: 'image-policy', name },
      failurePolicy: 'Fail',
      timeoutSeconds: 30,
      createdAt: before(context, 300),
    }),
  );
}

function addUnavailableApiService(context: PopulationContext): void {
  context.store.apply(
    apiService({
      name: 'v1beta1.custom.metrics.k8s.io',
      group: 'custom.metrics.k8s.io',
      version: 'v1beta1',
      service: { namespace: 'monitoring', name: 'prometheus-adapter' },
      available: false,
      createdAt: before(context, 300),
    }),
  );
}

/** Things that somebody once tried, in a namespace that nobody answers for. */
function addUnowned(context: PopulationContext): void {
  const { store, random } = context;
  store.apply(namespace({ name: 'sandbox', createdAt: before(context, 400) }));
  const tools = [
    'adminer',
    'debug-shell',
    'grafana-old',
    'hello',
    'jenkins',
    'kafka-ui',
    'load-test',
    'mailhog',
    'minio',
    'pgweb',
  ];
  const deploy = (name: string, image: string) =>
    applyDeployment(store, {
      name,
      namespace: 'sandbox',
      image,
      createdAt: before(context, 300),
      managedBy: [{ name: 'kubectl-create' }, CONTROLLER],
      nodeOf: context.nextNode,
    });
  for (const name of tools.slice(0, random.between(7, tools.length))) {
    deploy(name, `docker.io/library/${name}:latest`);
  }
  // Somebody tried something out, and forgot it.
  deploy('cart-api', 'registry.example.com/checkout/cart-api:next');
  deploy('fix-prices', 'registry.example.com/storefront/price-api:next');
}
