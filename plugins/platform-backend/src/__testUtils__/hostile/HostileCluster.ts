import {
  CertificateAuthority,
  deployment,
  statefulSet,
  type KubernetesObject,
} from '@roadbed/fleet-simulator';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request that a hostile cluster may answer as it likes. */
export interface Exchange {
  path: string;
  query: URLSearchParams;
  request: IncomingMessage;
  response: ServerResponse;
  /** Answers with JSON, or with text that is called JSON. */
  json(body: unknown, headers?: Record<string, string>): void;
}

/**
 * What a hostile cluster does instead of answering.
 *
 * @returns `false` where the request is answered as an API server would
 */
export type Attack = (exchange: Exchange) => boolean | void;

/** A cluster that is well-behaved until it attacks. */
export interface HostileCluster {
  name: string;
  url: string;
  /** PEM in base64, as in a kubeconfig. */
  caData: string;
  token: string;
  /** Every request, as `METHOD path`, with the credential it brought. */
  requests: Array<{
    line: string;
    authorization: string | undefined;
    /** All of its headers. */
    head: string;
  }>;
  /** UID of its kube-system namespace, as long as it says the truth. */
  uid: string;
  /** From now on. */
  begin(): void;
  /** Behaves again. */
  end(): void;
  stop(): Promise<void>;
}

/** The Deployments that every hostile cluster has before it attacks. */
export const KEPT = ['kept-0', 'kept-1', 'kept-2'];

/** The list of a kind, as an API server gives it. */
export function listOf(
  kind: string,
  items: unknown[],
  metadata: object = {},
): object {
  return {
    kind: `${kind}List`,
    apiVersion: 'apps/v1',
    metadata: { resourceVersion: '7', ...metadata },
    items,
  };
}

/** A Deployment with a UID of its own and whatever else is said of it. */
export function deploymentOf(
  name: string,
  more: { metadata?: object; spec?: object; status?: object } = {},
): KubernetesObject {
  return withParts(deployment({ name, namespace: 'shop' }), {
    ...more,
    metadata: { uid: `uid-${name}`, ...more.metadata },
  });
}

/** The same of a StatefulSet. */
export function statefulSetOf(
  name: string,
  more: { metadata?: object } = {},
): KubernetesObject {
  return withParts(statefulSet({ name, namespace: 'shop' }), {
    metadata: { uid: `uid-${name}`, ...more.metadata },
  });
}

function withParts(
  object: KubernetesObject,
  parts: { metadata?: object; spec?: object; status?: object },
): KubernetesObject {
  return {
    ...object,
    metadata: { ...object.metadata, ...parts.metadata },
    spec: { ...(object.spec as object), ...parts.spec },
    status: { ...(object.status as object), ...parts.status },
  } as KubernetesObject;
}

/** Starts a cluster on loopback that speaks as much of the API as is collected. */
export async function startHostileCluster(options: {
  name: string;
  attack: Attack;
  /** Where it listens; a free one unless given. */
  port?: number;
  /** Who signs its certificate; the one that clusters are trusted by unless given. */
  authority?: CertificateAuthority;
}): Promise<HostileCluster> {
  const {
    name,
    attack,
    authority = CertificateAuthority.ofProcess(),
  } = options;
  const requests: HostileCluster['requests'] = [];
  let attacking = false;
  const { certPem, keyPem } = authority.issueServerCertificate('hostile');
  const server = createServer(
    { cert: certPem, key: keyPem },
    (request, response) => {
      const url = new URL(request.url ?? '/', 'https://hostile');
      requests.push({
        line: `${request.method} ${url.pathname}`,
        authorization: request.headers.authorization,
        head: request.rawHeaders.join(' '),
      });
      response.on('error', () => undefined);
      const exchange: Exchange = {
        path: url.pathname,
        query: url.searchParams,
        request,
        response,
        json: (body, headers) => {
          response.writeHead(200, {
            'content-type': 'application/json',
            ...headers,
          });
          response.end(typeof body === 'string' ? body : JSON.stringify(body));
        },
      };
      if (!attacking || attack(exchange) === false) {
        behave(exchange, name);
      }
    },
  );
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>(resolve => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    name,
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caData: Buffer.from(authority.certPem).toString('base64'),
    token: `token-of-${name}`,
    requests,
    uid: `uid-of-${name}`,
    begin: () => {
      attacking = true;
    },
    end: () => {
      attacking = false;
    },
    async stop() {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const SERVED = {
  '/api': { '': ['pods', 'namespaces', 'nodes'] },
  '/apis': { apps: ['deployments', 'statefulsets', 'daemonsets'] },
};

/** What an API server would answer. */
function behave({ path, json, response }: Exchange, name: string): void {
  if (path === '/version') {
    json({ gitVersion: 'v1.34.1', major: '1', minor: '34' });
  } else if (path === '/readyz') {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
  } else if (path === '/api' || path === '/apis') {
    json({
      kind: 'APIGroupDiscoveryList',
      items: Object.entries(SERVED[path]).map(([group, resources]) => ({
        metadata: { name: group },
        versions: [
          {
            version: 'v1',
            resources: resources.map(resource => ({ resource })),
          },
        ],
      })),
    });
  } else if (path === '/api/v1/namespaces/kube-system') {
    json({ kind: 'Namespace', metadata: { uid: `uid-of-${name}` } });
  } else if (path === '/apis/apps/v1/deployments') {
    json(
      listOf(
        'Deployment',
        KEPT.map(kept => deploymentOf(kept)),
      ),
    );
  } else {
    json(listOf('Any', []));
  }
}
