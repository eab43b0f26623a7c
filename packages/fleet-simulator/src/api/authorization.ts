import type { ResourceRequest } from './Reply';
import { forbiddenPath, forbiddenResource } from './StatusError';

/** A rule of a ClusterRole; `*` matches anything. */
export interface PolicyRule {
  verbs: readonly string[];
  apiGroups?: readonly string[];
  /** `pods`, or `deployments/scale` for a subresource. */
  resources?: readonly string[];
  resourceNames?: readonly string[];
  nonResourceURLs?: readonly string[];
}

/** Who a token stands for, and what that user may do. */
export interface SimulatedUser {
  name: string;
  /** Rules that hold in the whole cluster. */
  rules: readonly PolicyRule[];
  /** Rules that hold in one namespace. */
  namespaceRules?: Readonly<Record<string, readonly PolicyRule[]>>;
}

/** The user of a request; anonymous without credentials. */
export interface Identity extends SimulatedUser {
  anonymous?: boolean;
}

/** What every server lets everybody read. */
const PUBLIC_RULES: readonly PolicyRule[] = [
  {
    verbs: ['get'],
    nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
  },
];

/** What every server lets authenticated users do. */
const AUTHENTICATED_RULES: readonly PolicyRule[] = [
  {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  {
    verbs: ['get'],
    nonResourceURLs: [
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      '/healthz',
      '/livez',
      '/openapi',
      '/openapi/*',
      '/readyz',
      '/version',
      '/version/',
    ],
  },
];

/** Everything, as `cluster-admin`. */
export const ADMIN_RULES: readonly PolicyRule[] = Object.freeze([
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
]);

const READ = ['get', 'list', 'watch'];

/** The least a collector needs: no secrets, no config maps, nothing written. */
export const COLLECTOR_RULES: readonly PolicyRule[] = Object.freeze([
  {
    verbs: READ,
    apiGroups: [''],
    resources: [
      'nodes',
      'namespaces',
      'pods',
      'services',
      'resourcequotas',
      'limitranges',
      'persistentvolumeclaims',
    ],
  },
  {
    verbs: READ,
    apiGroups: [
      'apps',
      'batch',
      'autoscaling',
      'policy',
      'networking.k8s.io',
      'gateway.networking.k8s.io',
      'apiextensions.k8s.io',
      'admissionregistration.k8s.io',
      'apiregistration.k8s.io',
      'flowcontrol.apiserver.k8s.io',
    ],
    resources: ['*'],
  },
  { verbs: ['get'], nonResourceURLs: ['/metrics'] },
]);

/** The user of requests without credentials. */
export const ANONYMOUS: Identity = {
  name: 'system:anonymous',
  rules: [],
  anonymous: true,
};

/** Every rule that holds for a user, in the whole cluster or in a namespace. */
export function rulesOf(user: Identity, namespace?: string): PolicyRule[] {
  return [
    ...PUBLIC_RULES,
    ...(user.anonymous ? [] : AUTHENTICATED_RULES),
    ...user.rules,
    ...((namespace && user.namespaceRules?.[namespace]) || []),
  ];
}

/** Whether a user may do something to a resource. */
export function mayUse(user: Identity, request: ResourceRequest): boolean {
  const target = request.subresource
    ? `${request.resource}/${request.subresource}`
    : request.resource;
  return rulesOf(user, request.namespace).some(
    rule =>
      includes(rule.verbs, request.verb) &&
      includes(rule.apiGroups, request.group) &&
      includes(rule.resources, target) &&
      (!rule.resourceNames?.length ||
        (request.name !== undefined &&
          rule.resourceNames.includes(request.name))),
  );
}

/** Whether a user may request a path that is no resource. */
export function mayVisit(user: Identity, verb: string, path: string): boolean {
  return rulesOf(user).some(
    rule =>
      includes(rule.verbs, verb) &&
      (rule.nonResourceURLs ?? []).some(url =>
        url.endsWith('*') ? path.startsWith(url.slice(0, -1)) : url === path,
      ),
  );
}

/** @throws StatusError 403 in the words of the real server */
export function authorize(
  user: Identity,
  request: ResourceRequest | { method: string; path: string },
): void {
  if ('path' in request) {
    const verb = request.method.toLowerCase();
    if (!mayVisit(user, verb, request.path)) {
      throw forbiddenPath(user.name, verb, request.path);
    }
  } else if (!mayUse(user, request)) {
    throw forbiddenResource({ ...request, user: user.name });
  }
}

function includes(
  allowed: readonly string[] | undefined,
  value: string,
): boolean {
  return allowed?.includes('*') || allowed?.includes(value) || false;
}
