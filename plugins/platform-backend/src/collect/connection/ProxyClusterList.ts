import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import type { ClusterConnection } from '../ClusterConnection';
import { httpGet } from './httpGet';
import { listedClusters, type ConnectableListing } from './listedClusters';
import { ProxyConnection, type ProxyConnectionDeps } from './ProxyConnection';

const clustersResponse = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      title: z.string().optional(),
      authProvider: z.string().optional(),
    }),
  ),
});

/** Reads the clusters over the API of the Kubernetes plugin and connects through its proxy. */
export class ProxyClusterList {
  private readonly held = new Map<string, ProxyConnection>();

  constructor(private readonly deps: ProxyConnectionDeps) {}

  /**
   * @param refusal - why nothing is lent, where the module said so
   * @throws ServiceUnavailableError when the Kubernetes plugin gives no list
   */
  async read(refusal: string | undefined): Promise<ConnectableListing> {
    const { clusters, problems } = listedClusters({
      entries: await this.fetch(refusal),
      access: 'proxy',
    });
    const connections = new Map<string, ClusterConnection>();
    for (const { name, access } of clusters) {
      if (access) {
        const connection =
          this.held.get(name) ?? new ProxyConnection(this.deps, name);
        this.held.set(name, connection);
        connections.set(name, connection);
      }
    }
    return {
      clusters,
      connections,
      problems: refusal
        ? [
            ...problems,
            {
              code: 'not_lent',
              message: `Clusters are read through the proxy: ${refusal}`,
              remedy:
                'See the README of @roadbed/backstage-plugin-kubernetes-backend-module-platform',
            },
          ]
        : problems,
    };
  }

  private async fetch(
    refusal: string | undefined,
  ): Promise<z.infer<typeof clustersResponse>['items']> {
    const { discovery, dispatcher, bounds, budget, tokens } = this.deps;
    const base = new URL(await discovery.getBaseUrl('kubernetes'));
    const token = await tokens.get();
    const response = await httpGet({
      url: new URL(`${base.href}/clusters`),
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
      },
      dispatcher,
      bounds,
      budget,
      signal: new AbortController().signal,
      endpoint: {
        clusterName: '(list of clusters)',
        origin: `the Kubernetes plugin at ${base.origin}`,
        access: 'proxy',
      },
    }).catch(cause => {
      throw new ServiceUnavailableError(
        `The list of clusters could not be read from the Kubernetes plugin at ${base.href}; check that it runs there`,
        cause,
      );
    });
    if (response.status === 401) {
      tokens.drop(token);
    }
    if (response.status !== 200) {
      throw new ServiceUnavailableError(
        `The Kubernetes plugin at ${base.href} answered ${
          response.status
        } where its list of clusters was expected; ${
          refusal ?? advice(response.status)
        }`,
      );
    }
    return parse(response.body, base.href);
  }
}

function advice(status: number): string {
  return status === 404
    ? 'install @backstage/plugin-kubernetes-backend and give app-config a `kubernetes` section'
    : 'allow the permission `kubernetes.clusters.read` for the service `plugin:platform`';
}

function parse(body: Buffer, url: string) {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    json = undefined;
  }
  const result = clustersResponse.safeParse(json);
  if (!result.success) {
    throw new ServiceUnavailableError(
      `The Kubernetes plugin at ${url} answered with something else than a list of clusters; expected { items: [{ name, authProvider }] }, check which version runs there`,
    );
  }
  return result.data.items;
}
