import {
  denyAllNetworkPolicy,
  horizontalPodAutoscaler,
  podDisruptionBudget,
} from '../builders/policies';
import {
  httpRoute,
  ingress,
  service as kubernetesService,
} from '../builders/networking';
import { namespace } from '../builders/namespace';
import { SERVICES, SYSTEMS, type BusinessSystem } from './company';
import {
  before,
  deployerOf,
  type PopulationContext,
} from './PopulationContext';
import { applyServiceUnits } from './serviceUnits';

/** Systems whose namespaces nobody closed with a NetworkPolicy yet. */
const OPEN_SYSTEMS = ['growth', 'mobile', 'delivery'];

/** Stores the namespace of each system of a cluster with its services. */
export function applySystems(context: PopulationContext): void {
  const { plan } = context;
  for (const system of SYSTEMS) {
    if (plan.systems && !plan.systems.includes(system.name)) continue;
    applySystem(context, system);
  }
}

function applySystem(context: PopulationContext, system: BusinessSystem): void {
  const { store, plan } = context;
  const createdAt = before(context, 500);
  const managedBy = [deployerOf(plan, createdAt)];
  store.apply(
    namespace({
      name: system.name,
      labels: {
        'app.kubernetes.io/part-of': system.name,
        'pod-security.kubernetes.io/enforce':
          plan.environment === 'prod' ? 'baseline' : 'privileged',
      },
      annotations: { 'backstage.io/owner': `group:default/${system.owner}` },
      createdAt,
      managedBy,
    }),
  );
  if (!OPEN_SYSTEMS.includes(system.name)) {
    store.apply(
      denyAllNetworkPolicy({
        name: 'default-deny',
        namespace: system.name,
        createdAt,
        managedBy,
      }),
    );
  }
  for (const service of SERVICES) {
    if (service.system !== system.name) continue;
    applyServiceUnits(context, service);
    applyExposure(context, service.name, system.name);
  }
}

/** What stands around the main Deployment of a service. */
function applyExposure(
  context: PopulationContext,
  name: string,
  systemName: string,
): void {
  const { store, plan, random } = context;
  const main = store.get(
    { group: 'apps', resource: 'deployments' },
    `${systemName}/${name}`,
  );
  const replicas =
    (main?.spec as { replicas: number } | undefined)?.replicas ?? 1;
  const createdAt = before(context, 300);
  const common = {
    name,
    namespace: systemName,
    labels: main?.metadata.labels,
    createdAt,
    managedBy: [deployerOf(plan, createdAt)],
  };
  store.apply(kubernetesService({ ...common, selector: { app: name } }));
  if (replicas > 1 && random.chance(0.7)) {
    store.apply(
      podDisruptionBudget({
        ...common,
        selector: { app: name },
        maxUnavailable: 1,
        healthy: replicas,
        expected: replicas,
        desired: replicas - 1,
      }),
    );
  }
  if (replicas > 2 && random.chance(0.5)) {
    store.apply(
      horizontalPodAutoscaler({
        ...common,
        target: name,
        minReplicas: 2,
        maxReplicas: replicas + 4,
        currentReplicas: replicas,
        cpuUtilization: random.between(20, 65),
      }),
    );
  }
  if (/-(web|gateway)$/.test(name)) {
    const host = `${name}.${plan.name}.example.com`;
    store.apply(ingress({ ...common, host, service: name }));
    if (plan.gateway)
      store.apply(httpRoute({ ...common, host, service: name }));
  }
}
