import type { PolicyRule } from '../api/authorization';
import { COLLECTOR_RULES } from '../api/authorization';
import { availablePort } from '../connection/availablePort';
import type { FleetState } from '../connection/FleetState';
import {
  startSimulatedCluster,
  type SimulatedCluster,
} from '../SimulatedCluster';
import { CLUSTER_PLANS, type ClusterPlan } from './clusterPlans';
import { FleetLife } from './FleetLife';
import { deprecatedApiMetrics } from './metrics';
import { populateCluster } from './populateCluster';

/** A name that the portal knows, and where it leads. */
export interface DemoCluster {
  plan: ClusterPlan;
  /** The server behind the name; two names can share one. */
  server: SimulatedCluster;
}

/** The running fleet of the demo company. */
export interface DemoFleet {
  /** In the order of the plans, aliases included. */
  clusters: readonly DemoCluster[];
  life: FleetLife;
  stop(): Promise<void>;
}

/** Starts the fleet of the demo company; it moves only when its life is started. */
export async function startDemoFleet(options: {
  state: FleetState;
  seed: number;
  /** Epoch milliseconds; the clock of the machine unless given. */
  now?: () => number;
}): Promise<DemoFleet> {
  const { state, seed, now = Date.now } = options;
  const servers = new Map<string, SimulatedCluster>();
  const stop = async () => {
    await Promise.all([...servers.values()].map(server => server.stop()));
  };
  try {
    for (const plan of CLUSTER_PLANS) {
      if (plan.alias) continue;
      servers.set(plan.name, await startPlanned(plan, { state, seed, now }));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  state.save(
    Object.fromEntries([...servers].map(([name, { port }]) => [name, port])),
  );
  const clusters = CLUSTER_PLANS.map(plan => ({
    plan,
    server: servers.get(plan.alias ?? plan.name)!,
  }));
  const life = new FleetLife({
    clusters: clusters
      .filter(({ plan }) => !plan.alias && !plan.unreachable)
      .map(({ plan, server }) => ({ plan, store: server.store })),
    seed,
    now,
  });
  return { clusters, life, stop };
}

async function startPlanned(
  plan: ClusterPlan,
  context: { state: FleetState; seed: number; now: () => number },
): Promise<SimulatedCluster> {
  const { state, seed, now } = context;
  const server = await startSimulatedCluster({
    name: plan.name,
    version: plan.version,
    port: await availablePort(state.portOf(plan.name)),
    groups: plan.gateway ? ['gateway.networking.k8s.io'] : [],
    rules: rulesOf(plan),
    authority: state.authority,
    seed: `demo/${seed}/${plan.name}`,
    metrics: () => deprecatedApiMetrics(plan),
    now,
  });
  populateCluster({ store: server.store, plan, seed, now: state.bornAt });
  if (plan.unreachable) {
    server.faults.inject({ kind: 'black-hole-connections' });
    await server.faults.settled();
  }
  return server;
}

/** The rules of the collector, less what a plan forbids. */
function rulesOf(plan: ClusterPlan): PolicyRule[] {
  return COLLECTOR_RULES.map(rule =>
    rule.apiGroups?.includes('')
      ? {
          ...rule,
          resources: rule.resources?.filter(
            resource => !plan.forbidden?.includes(resource),
          ),
        }
      : rule,
  );
}
