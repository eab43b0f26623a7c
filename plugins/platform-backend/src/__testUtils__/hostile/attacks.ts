import type { KubernetesObject } from '@roadbed/fleet-simulator';
import {
  deploymentOf,
  listOf,
  statefulSetOf,
  type Attack,
  type Exchange,
} from './HostileCluster';

/** An attack, and what the ledger must say of it. */
export interface KnownAttack {
  attack: Attack;
  /** Whose run it hits; `deployments` unless given. */
  collector?: string;
  /** Nothing where the run succeeds: what is harmful is left out of the rows. */
  code?: string;
  /** What the message names, beside the cluster. */
  says?: RegExp;
}

export const DEPLOYMENTS = '/apis/apps/v1/deployments';
const NUL = '\u0000';
const LONE = '\ud800';
export const MEGABYTE = 1_000_000;

/** Attacks where Deployments are listed, and nowhere else. */
export function onList(attack: (exchange: Exchange) => void): Attack {
  return exchange => {
    if (exchange.path !== DEPLOYMENTS) {
      return false;
    }
    attack(exchange);
    return true;
  };
}

/** A list of these objects. */
export function objects(...items: unknown[]): Attack {
  return onList(({ json }) => json(listOf('Deployment', items)));
}

/** A list with these metadata. */
function metadata(values: object): Attack {
  return onList(({ json }) =>
    json(listOf('Deployment', [deploymentOf('kept-0')], values)),
  );
}

/** Pages without end, each with objects that were not there before. */
function endless(): Attack {
  let page = 0;
  return onList(({ json }) => {
    page++;
    json(
      listOf(
        'Deployment',
        Array.from({ length: 500 }, (_, index) => ({
          metadata: { name: `e-${page}-${index}`, uid: `e-${page}-${index}` },
        })),
        { continue: `token-${page}`, remainingItemCount: 1 },
      ),
    );
  });
}

/** Calls again and again until the other side has had enough. */
function forever(
  { response }: Exchange,
  everyMs: number,
  call: () => void,
): void {
  const timer = setInterval(call, everyMs);
  response.socket?.on('close', () => clearInterval(timer));
}

/** `{"a":{"a":…}}`, as deep as asked for. */
function deep(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}

/** An object of JSON text, which `JSON.stringify` could not make. */
export function listText(item: string): string {
  return `{"kind":"DeploymentList","metadata":{"resourceVersion":"7"},"items":[${item}]}`;
}

/** A name that would be a page if it were taken for one. */
export const MARKUP = `<img src=x onerror=alert(1)>"'javascript:`;

/** Labels as no API server lets them through. */
const ODD_LABELS = {
  [`nul${NUL}key`]: `nul${NUL}value`,
  [`lone${LONE}key`]: `lone${LONE}value`,
  markup: MARKUP,
  constructor: 'c',
};
const HUGE_LABELS = {
  ...ODD_LABELS,
  ['k'.repeat(MEGABYTE)]: 'v'.repeat(MEGABYTE),
};

/** Every attack by a name that a cluster can have. */
export function knownAttacks(target: {
  /** Where redirects lead. */
  trapUrl: string;
  /** The UID of another cluster. */
  victimUid: string;
}): Record<string, KnownAttack> {
  return {
    'html-with-200': {
      attack: onList(({ response }) =>
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html><script>alert(1)</script></html>'),
      ),
      code: 'not_kubernetes',
      says: /text\/html.*login page/,
    },
    'other-content-type': {
      attack: onList(({ json }) =>
        json(listOf('Deployment', []), {
          'content-type': 'application/vnd.kubernetes.protobuf',
        }),
      ),
      code: 'not_kubernetes',
      says: /protobuf/,
    },
    'endless-list': {
      attack: endless(),
      code: 'too_large',
      says: /deployments after 5000 objects.*maxObjectsPerList/,
    },
    'continue-loop': {
      attack: metadata({ continue: 'again' }),
      code: 'malformed',
      says: /continues where it has been/,
    },
    'endless-token': {
      attack: metadata({ continue: 'x'.repeat(MEGABYTE) }),
      code: 'malformed',
      says: /metadata\.continue/,
    },
    'deep-object': {
      attack: onList(({ json }) =>
        json(
          listText(
            `{"metadata":{"name":"kept-0","uid":"u","labels":${deep(
              100_000,
            )}},"spec":${deep(100_000)}}`,
          ),
        ),
      ),
    },
    'deep-list': {
      attack: onList(({ json }) => json(deep(100_000))),
      code: 'not_kubernetes',
    },
    'items-object': {
      attack: onList(({ json }) =>
        json({ kind: 'DeploymentList', metadata: {}, items: { a: 1 } }),
      ),
      code: 'malformed',
      says: /`items` is not an array/,
    },
    'items-missing': {
      attack: onList(({ json }) => json({ kind: 'DeploymentList' })),
      code: 'malformed',
      says: /`items` is not an array/,
    },
    'null-item': {
      attack: objects(null),
      code: 'malformed',
      says: /no name/,
    },
    'number-for-name': {
      attack: objects({ metadata: { name: 7 } }),
      code: 'malformed',
      says: /metadata\.name/,
    },
    'huge-name': {
      attack: objects(deploymentOf('n'.repeat(MEGABYTE))),
      code: 'malformed',
      says: /metadata\.name.*253/,
    },
    'nul-in-name': {
      attack: objects(deploymentOf(`a${NUL}b`)),
      code: 'malformed',
      says: /metadata\.name/,
    },
    'lone-surrogate-in-namespace': {
      attack: objects(
        deploymentOf('a', { metadata: { namespace: `a${LONE}` } }),
      ),
      code: 'malformed',
      says: /metadata\.namespace/,
    },
    'huge-uid': {
      attack: objects(
        deploymentOf('a', { metadata: { uid: 'u'.repeat(500) } }),
      ),
      code: 'malformed',
      says: /metadata\.uid/,
    },
    'markup-names': { attack: objects(deploymentOf(MARKUP)) },
    'odd-labels': {
      attack: objects(
        deploymentOf('kept-0', {
          metadata: { labels: HUGE_LABELS, annotations: HUGE_LABELS },
          spec: {
            selector: { matchLabels: ODD_LABELS },
            template: {
              metadata: { labels: ODD_LABELS },
              spec: {
                containers: [
                  { name: `c${NUL}`, image: `i${LONE}${'x'.repeat(MEGABYTE)}` },
                ],
              },
            },
          },
        }),
      ),
    },
    'odd-pods': {
      collector: 'pods',
      attack: ({ path, json }) => {
        if (path !== '/api/v1/pods') return false;
        json(listOf('Pod', oddPods()));
        return true;
      },
    },
    'one-uid-in-a-list': {
      attack: objects(
        deploymentOf('a', { metadata: { uid: 'same' } }),
        deploymentOf('b', { metadata: { uid: 'same' } }),
      ),
      code: 'malformed',
      says: /"shop\/b" has the UID of another object/,
    },
    'one-uid-in-two-kinds': {
      collector: 'statefulsets',
      attack: ({ path, json }) => {
        if (path !== '/apis/apps/v1/statefulsets') return false;
        json(
          listOf('StatefulSet', [
            statefulSetOf('thief', { metadata: { uid: 'uid-kept-0' } }),
          ]),
        );
        return true;
      },
      code: 'malformed',
      says: /UID of .*Deployment/,
    },
    redirect: {
      attack: onList(({ response }) =>
        response
          .writeHead(307, { location: `${target.trapUrl}${DEPLOYMENTS}` })
          .end(),
      ),
      code: 'redirected',
      says: /not followed because the token/,
    },
    'header-flood': {
      attack: onList(({ response }) => {
        response.socket?.write('HTTP/1.1 200 OK\r\n');
        for (let header = 0; header < 5_000; header++) {
          response.socket?.write(`x-flood-${header}: ${'x'.repeat(100)}\r\n`);
        }
      }),
      code: 'not_kubernetes',
      says: /more headers than any API server/,
    },
    'no-http': {
      attack: onList(({ response }) => {
        response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n\r\n');
      }),
      code: 'not_kubernetes',
      says: /does not keep to HTTP/,
    },
    'early-hints-for-ever': {
      attack: onList(exchange =>
        forever(exchange, 50, () =>
          exchange.response.socket?.write(
            'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n',
          ),
        ),
      ),
      code: 'not_kubernetes',
      says: /interim answers/,
    },
    'header-drip': {
      attack: onList(exchange => {
        exchange.response.socket?.write('HTTP/1.1 200 OK\r\nx-drip: ');
        forever(exchange, 100, () => exchange.response.socket?.write('x'));
      }),
      code: 'headers_timeout',
    },
    'body-drip': {
      attack: onList(exchange => {
        exchange.response.writeHead(200, {
          'content-type': 'application/json',
        });
        forever(exchange, 100, () => exchange.response.write(' '));
      }),
      code: 'body_timeout',
      says: /less than 512 bytes a second/,
    },
    'huge-counts': {
      attack: onList(({ json }) =>
        json(
          listOf(
            'Deployment',
            [
              deploymentOf('kept-0', {
                metadata: { generation: 1e300 },
                spec: { replicas: 1e12 },
                status: { readyReplicas: -1e15, updatedReplicas: 1.5 },
              }),
            ],
            { remainingItemCount: 1e308 },
          ),
        ),
      ),
    },
    'odd-version': {
      attack: metadata({ resourceVersion: `7${NUL}` }),
      code: 'malformed',
      says: /metadata\.resourceVersion/,
    },
    'odd-times': {
      attack: objects(
        ...[
          '+275760-09-13T00:00:00Z',
          '0000-01-01T00:00:00Z',
          '-271821-04-20T00:00:00Z',
          'yesterday',
        ].map((creationTimestamp, index) =>
          deploymentOf(`kept-${index}`, { metadata: { creationTimestamp } }),
        ),
      ),
    },
    'come-back-never': {
      attack: onList(({ response }) =>
        response
          .writeHead(429, { 'retry-after': '9'.repeat(40) })
          .end('{"kind":"Status"}'),
      ),
      code: 'throttled',
    },
    'empty-version': {
      collector: 'discovery',
      attack: ({ path, json }) => {
        if (path !== '/version') return false;
        json({});
        return true;
      },
      code: 'not_kubernetes',
      says: /\/version with something else than a version/,
    },
    'odd-apis': {
      collector: 'discovery',
      attack: ({ path, json }) => {
        if (path !== '/apis') return false;
        json(oddApis());
        return true;
      },
    },
    'stolen-identity': {
      attack: identity(() => target.victimUid),
      collector: 'discovery',
      code: 'duplicate',
      says: /collected under another name/,
    },
    'odd-identity': {
      attack: identity(() => `u${NUL}`),
      code: 'not_kubernetes',
      says: /namespace with a UID/,
    },
  };
}

/** A cluster that says it is another one. */
export function identity(uid: () => string): Attack {
  return ({ path, json }) => {
    if (path !== '/api/v1/namespaces/kube-system') return false;
    json({ kind: 'Namespace', metadata: { uid: uid() } });
    return true;
  };
}

function oddPods(): unknown[] {
  return Array.from({ length: 60 }, (_, index) => ({
    metadata: {
      name: `pod-${index}`,
      namespace: 'shop',
      uid: `pod-${index}`,
      labels: ODD_LABELS,
      ownerReferences: [
        { kind: 'Job', name: 'constructor', uid: 'j', controller: true },
      ],
    },
    spec: { nodeName: `n${NUL}${index}`, containers: [{ name: NUL }] },
    status: {
      phase: index % 2 ? `phase${NUL}${index}` : '__proto__',
      containerStatuses: [
        {
          restartCount: 2 ** 53,
          state: { waiting: { reason: `constructor${LONE}${index}` } },
        },
      ],
    },
  }));
}

function oddApis(): object {
  const resources = ['constructor', '__proto__', `r${NUL}`].map(resource => ({
    resource,
  }));
  return {
    kind: 'APIGroupDiscoveryList',
    items: ['constructor', '__proto__', 'apps', `g${LONE}`].map(name => ({
      metadata: { name },
      versions: [
        {
          version: 'v1',
          resources: [...resources, { resource: 'deployments' }],
        },
      ],
    })),
  };
}

/** So many namespaces, page by page. */
export function manyNamespaces(count: number): Attack {
  return ({ path, query, json }) => {
    if (path !== '/api/v1/namespaces') return false;
    const from = Number(query.get('continue') ?? 0);
    const to = Math.min(count, from + Number(query.get('limit') ?? count));
    const items: Array<Partial<KubernetesObject>> = [];
    for (let index = from; index < to; index++) {
      items.push({
        metadata: { name: `namespace-${index}`, uid: `namespace-${index}` },
      });
    }
    json(
      listOf('Namespace', items, to < count ? { continue: String(to) } : {}),
    );
    return true;
  };
}
