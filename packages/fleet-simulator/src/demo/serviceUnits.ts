import {
  applyDeployment,
  applyStatefulSet,
  type AppliedWorkloadOptions,
} from '../builders/applyWorkload';
import { cronJob, job } from '../builders/jobs';
import { CONTROLLER, controlledBy, suffix } from '../builders/meta';
import { pod } from '../builders/pod';
import type { ContainerOptions } from '../builders/podTemplate';
import type { Service } from './company';
import {
  before,
  deployerOf,
  type PopulationContext,
} from './PopulationContext';

/** What a service is made of, the most common first. */
const UNITS = [
  'api',
  'worker',
  'cache',
  'cleanup',
  'consumer',
  'migrate',
  'report',
  'scheduler',
] as const;

type Unit = (typeof UNITS)[number];

/** Stores the workloads of one service, as many as the plan of the cluster asks for. */
export function applyServiceUnits(
  context: PopulationContext,
  service: Service,
): void {
  const { plan, random } = context;
  const depth = Math.min(
    UNITS.length,
    plan.depth - (random.between(0, 2) ? 1 : 0),
  );
  for (const unit of UNITS.slice(0, Math.max(1, depth))) {
    applyUnit(context, service, unit);
  }
}

function applyUnit(
  context: PopulationContext,
  service: Service,
  unit: Unit,
): void {
  const base = unitOptions(context, service, unit);
  switch (unit) {
    case 'cache':
      applyStatefulSet(context.store, { ...base, replicas: 1 });
      return;
    case 'cleanup':
    case 'report':
      applyCronJob(context, base, unit);
      return;
    case 'migrate':
      context.store.apply(job({ ...base, durationMs: 38_000 }));
      return;
    default:
      applyDeployment(context.store, base);
  }
}

/** Name and labels of a unit; the main one is called as the service. */
function unitOptions(
  context: PopulationContext,
  service: Service,
  unit: Unit,
): AppliedWorkloadOptions {
  const { plan, random } = context;
  const name = unit === 'api' ? service.name : `${service.name}-${unit}`;
  const createdAt = before(context, 300);
  const at = Math.max(createdAt, before(context, 40));
  const labels: Record<string, string> = {
    app: name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': service.name,
    'app.kubernetes.io/part-of': service.system,
    ...(service.ownedBy === 'label'
      ? { 'backstage.io/kubernetes-id': service.name }
      : {}),
  };
  return {
    name,
    namespace: service.system,
    labels,
    podLabels: labels,
    annotations: {
      'argocd.argoproj.io/tracking-id': `${service.system}:apps/Deployment:${service.system}/${name}`,
    },
    replicas:
      unit === 'api'
        ? apiReplicas(context)
        : random.between(1, Math.ceil(plan.replicas * 0.6)),
    revision: random.between(1, 40),
    createdAt,
    containers: containersOf(context, service, unit),
    managedBy: [deployerOf(plan, at), { ...CONTROLLER, at }],
    nodeOf: context.nextNode,
  };
}

function apiReplicas({ plan, random }: PopulationContext): number {
  return random.between(Math.min(2, plan.replicas), plan.replicas);
}

/** What is newest in dev reaches stage and then production, here sooner, there later. */
function releaseOf({ plan, random }: PopulationContext, service: Service) {
  const seed = [...service.name].reduce(
    (sum, letter) => sum + letter.charCodeAt(0),
    0,
  );
  const lag = { dev: 0, stage: 1, prod: random.chance(0.7) ? 2 : 3 };
  return `${1 + (seed % 6)}.${seed % 31}.${6 - lag[plan.environment]}`;
}

function containersOf(
  context: PopulationContext,
  service: Service,
  unit: Unit,
): ContainerOptions[] {
  const { plan, random } = context;
  const repository = `registry.example.com/${service.system}/${service.name}`;
  const tag = releaseOf(context, service);
  // Some teams pin digests, most do not.
  const digest = random.chance(0.2)
    ? `@sha256:${Buffer.from(suffix(repository + tag, 32)).toString('hex')}`
    : '';
  const image =
    unit === 'cache'
      ? 'docker.io/library/redis:7.4.2'
      : `${repository}:${tag}${digest}`;
  const careful = random.chance(0.8);
  const main: ContainerOptions = {
    name: unit === 'cache' ? 'redis' : 'app',
    image,
    ports: [unit === 'cache' ? 6379 : 8080],
    probes: random.chance(0.85),
    ...(careful
      ? {
          requests: { cpu: '100m', memory: '256Mi' },
          limits: { memory: '512Mi' },
          securityContext: {
            runAsNonRoot: true,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
          },
        }
      : {}),
  };
  const meshed = ['payments', 'checkout'].includes(service.system);
  return meshed && plan.environment !== 'dev'
    ? [
        main,
        {
          name: 'istio-proxy',
          image: 'docker.io/istio/proxyv2:1.27.3',
          ports: [15090],
          requests: { cpu: '10m', memory: '64Mi' },
        },
      ]
    : [main];
}

const SCHEDULES = ['*/15 * * * *', '0 * * * *', '0 3 * * *', '30 2 * * 0'];

function applyCronJob(
  context: PopulationContext,
  base: AppliedWorkloadOptions,
  unit: 'cleanup' | 'report',
): void {
  const { store, random, now } = context;
  const lastScheduledAt = now - random.between(1, 180) * 60_000;
  const stored = store.apply(
    cronJob({
      ...base,
      schedule: random.pick(SCHEDULES),
      suspended: unit === 'report' && random.chance(0.12),
      lastScheduledAt,
      lastSucceededAt: lastScheduledAt + 45_000,
    }),
  );
  if (!random.chance(0.3)) return;
  const run = store.apply(
    job({
      ...base,
      name: `${base.name}-${Math.floor(lastScheduledAt / 60_000)}`,
      createdAt: lastScheduledAt,
      managedBy: undefined,
      ownerReferences: [controlledBy(stored)],
    }),
  );
  const name = `${run.metadata.name}-`;
  store.apply(
    pod({
      ...base,
      name: `${name}${suffix(name, 5)}`,
      generateName: name,
      createdAt: lastScheduledAt,
      managedBy: undefined,
      ownerReferences: [controlledBy(run)],
      state: 'Succeeded',
      nodeName: context.nextNode(),
    }),
  );
}
