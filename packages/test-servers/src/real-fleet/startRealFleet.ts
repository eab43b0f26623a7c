import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ControlPlane } from '../control-plane/ControlPlane';
import { startControlPlane } from '../control-plane/startControlPlane';
import { startEtcd, type Etcd } from '../control-plane/startEtcd';
import { kubeconfig } from '../kubernetes/kubeconfig';
import type { KubernetesObject } from '../kubernetes/KubernetesObject';
import { readOnlyRules } from '../kubernetes/readOnlyRules';
import { clusterPlans, type ClusterPlan } from './clusterPlans';
import { portalConfig, type PortalCluster } from './portalConfig';
import { populateCluster } from './populateCluster';
import { namespace } from './workloads';

/** The fleet of `npm run start:real`. */
export interface RealFleet {
  clusters: readonly { name: string; minor: string }[];
  /** Kubeconfig with a context per cluster, as its admin. */
  kubeconfigPath: string;
  /** The sections of `app-config` that name the clusters to the portal. */
  portalConfigPath: string;
  /** Ends all servers; the data stay in the state folder. */
  stop(): Promise<void>;
}

/**
 * Starts real control planes of several minors on one etcd and fills them. A
 * second start on the same folder finds the clusters as they were left.
 */
export async function startRealFleet(options: {
  stateDir: string;
  /** @defaultValue all */
  plans?: readonly ClusterPlan[];
  log: (line: string) => void;
}): Promise<RealFleet> {
  const { stateDir, plans = clusterPlans, log } = options;
  const data = join(stateDir, 'clusters');
  await mkdir(data, { recursive: true });
  const etcd = await startEtcd({ dataDir: data, log });
  const planes: ControlPlane[] = [];
  const stop = async () => {
    await Promise.all(planes.map(plane => plane.stop()));
    await etcd.stop();
  };
  try {
    const portalClusters: PortalCluster[] = [];
    // One after the other: a start is the work of a processor, not a wait.
    for (const plan of plans) {
      const plane = await startCluster({ plan, etcd, data });
      planes.push(plane);
      if (!(await isPopulated(plane))) await populateCluster(plane, plan);
      // Made last, it marks a cluster that is whole.
      portalClusters.push({ plan, plane, token: await readerToken(plane) });
      log(`${plan.name}: Kubernetes ${plan.minor} at ${plane.url}`);
    }
    const kubeconfigPath = join(stateDir, 'kubeconfig');
    await writeFile(
      kubeconfigPath,
      kubeconfig(
        planes.map(({ name, url, caData, adminToken: token }) => ({
          name,
          url,
          caData,
          token,
        })),
      ),
      { mode: 0o600 },
    );
    const portalConfigPath = join(stateDir, 'app-config.kubernetes.yaml');
    await writeFile(portalConfigPath, stringify(portalConfig(portalClusters)), {
      mode: 0o600,
    });
    return {
      clusters: plans.map(({ name, minor }) => ({ name, minor })),
      kubeconfigPath,
      portalConfigPath,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startCluster(options: {
  plan: ClusterPlan;
  etcd: Etcd;
  data: string;
}): Promise<ControlPlane> {
  const { plan, etcd, data } = options;
  return await startControlPlane({
    name: plan.name,
    minor: plan.minor,
    nodes: plan.nodes,
    controllers: true,
    kwok: true,
    etcd,
    dataDir: join(data, plan.name),
  });
}

const yearSeconds = 365 * 86_400;

const reader = { name: 'roadbed', namespace: 'roadbed' };

/** Whether an earlier start filled the cluster; what people changed since stays. */
async function isPopulated({ client }: ControlPlane): Promise<boolean> {
  const { items } = await client.request<{ items: KubernetesObject[] }>(
    'GET',
    '/api/v1/namespaces',
  );
  return items.some(({ metadata }) => metadata.name === reader.namespace);
}

/** A service account that may read what Roadbed collects and nothing else. */
async function readerToken(plane: ControlPlane): Promise<string> {
  await plane.client.apply([namespace(reader.namespace)]);
  const { token, user } = await plane.createServiceAccountToken({
    ...reader,
    lifetimeSeconds: yearSeconds,
  });
  await plane.grant(user, readOnlyRules);
  return token;
}
