import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { parse } from 'yaml';
import type { TrafficCounts } from '@roadbed/fleet-simulator';
import type { SimulatorProcess } from '../processes/startSimulator';
import { cpuNow } from './cpuNow';

const PAGE_LIMIT = 500;

interface ClusterAccess {
  name: string;
  url: string;
  caData: string;
  serviceAccountToken: string;
}

/**
 * CPU seconds that JSON.parse needs for the bodies of a collection: every list
 * that was asked for is read again, page by page, and each page is parsed.
 * Reading is not counted.
 *
 * @param stats - what the clusters were asked
 */
export async function parseCpuSeconds(
  simulator: SimulatorProcess,
  stats: Record<string, TrafficCounts>,
): Promise<{ cpuSeconds: number; bytes: number }> {
  const config = parse(
    readFileSync(
      join(simulator.stateDir, 'app-config.kubernetes.yaml'),
      'utf8',
    ),
  );
  const clusters: ClusterAccess[] =
    config.kubernetes.clusterLocatorMethods[0].clusters;
  let cpuSeconds = 0;
  let bytes = 0;
  for (const cluster of clusters) {
    const lists = Object.keys(stats[cluster.name].paths).filter(isList);
    const pages = await readPages(cluster, lists);
    const began = cpuNow();
    for (const page of pages) JSON.parse(page.toString());
    cpuSeconds += cpuNow() - began;
    bytes += pages.reduce((sum, page) => sum + page.length, 0);
  }
  return { cpuSeconds, bytes };
}

/** `/api/v1/pods`, `/apis/apps/v1/deployments`, but no single object. */
function isList(path: string): boolean {
  return /^\/(api\/v1|apis\/[^/]+\/[^/]+)\/[^/]+$/.test(path);
}

async function readPages(
  cluster: ClusterAccess,
  paths: string[],
): Promise<Buffer[]> {
  const agent = new Agent({
    connect: { ca: Buffer.from(cluster.caData, 'base64').toString() },
  });
  const pages: Buffer[] = [];
  for (const path of paths) {
    let token = '';
    do {
      const query = new URLSearchParams({ limit: String(PAGE_LIMIT) });
      if (token) query.set('continue', token);
      const { body } = await request(`${cluster.url}${path}?${query}`, {
        dispatcher: agent,
        headers: { authorization: `Bearer ${cluster.serviceAccountToken}` },
      });
      const page = Buffer.from(await body.arrayBuffer());
      pages.push(page);
      token = JSON.parse(page.toString()).metadata?.continue ?? '';
    } while (token);
  }
  await agent.destroy();
  return pages;
}
