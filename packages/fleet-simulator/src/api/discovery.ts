import type { ResourceRegistry } from '../resources/ResourceRegistry';
import { groupVersionOf, type ResourceType } from '../resources/ResourceType';
import { negotiate, type Representation } from './accept';
import type { BodyReply } from './Reply';
import { resourceNotFound } from './StatusError';

const AGGREGATED = 'APIGroupDiscoveryList';
const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

/** What the documents of discovery are made of. */
export interface DiscoveryContext {
  registry: Pick<ResourceRegistry, 'all' | 'hasGroup'>;
  /** Emulated minor: decides which aggregated versions are served. */
  minor: number;
  /** `host:port` that `/api` and `/apis` tell. */
  serverAddress: string;
}

/**
 * Answers `/api`, `/apis` and what is below them down to a group version, or
 * undefined for other paths.
 *
 * @throws StatusError 404 and 406
 */
export function discover(
  path: string,
  accept: string | undefined,
  context: DiscoveryContext,
): BodyReply | undefined {
  const [root, ...rest] = path.split('/').filter(Boolean);
  if (root !== 'api' && root !== 'apis') return undefined;
  if (rest.length === 0) return rootDocument(root, accept, context);
  negotiate(accept, []);
  if (root === 'api' && rest.length === 1) {
    return ok(resourceList(context, rest[0]));
  }
  if (root === 'apis' && rest.length === 1)
    return groupDocument(rest[0], context);
  if (root === 'apis' && rest.length === 2) {
    if (!context.registry.hasGroup(rest[0])) return pathNotFound();
    return ok(resourceList(context, `${rest[0]}/${rest[1]}`));
  }
  return undefined;
}

/** The answer for paths that no handler knows. */
export function pathNotFound(): BodyReply {
  return {
    status: 404,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    },
    body: '404 page not found\n',
  };
}

/** v2 came with 1.30; v2beta1 came with 1.27 and is off since 1.33. */
function aggregatedVersions(minor: number): Representation[] {
  const group = 'apidiscovery.k8s.io';
  return [
    ...(minor >= 30 ? [{ as: AGGREGATED, group, version: 'v2' }] : []),
    ...(minor >= 27 && minor < 33
      ? [{ as: AGGREGATED, group, version: 'v2beta1' }]
      : []),
  ];
}

function rootDocument(
  root: 'api' | 'apis',
  accept: string | undefined,
  context: DiscoveryContext,
): BodyReply {
  const aggregated = negotiate(accept, aggregatedVersions(context.minor));
  const groups = groupsOf(context.registry).filter(
    group => (group.name === '') === (root === 'api'),
  );
  if (aggregated) {
    return {
      status: 200,
      headers: {
        'content-type': `application/json;g=${aggregated.group};v=${aggregated.version};as=${AGGREGATED}`,
        vary: 'Accept',
      },
      body: {
        kind: AGGREGATED,
        apiVersion: `apidiscovery.k8s.io/${aggregated.version}`,
        metadata: {},
        items: groups.map(aggregatedGroup),
      },
    };
  }
  if (root === 'api') {
    return ok({
      kind: 'APIVersions',
      versions: groups.flatMap(group => [...group.versions.keys()]),
      serverAddressByClientCIDRs: [
        { clientCIDR: '0.0.0.0/0', serverAddress: context.serverAddress },
      ],
    });
  }
  return ok({
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.map(describeGroup),
  });
}

function groupDocument(name: string, context: DiscoveryContext): BodyReply {
  const group = groupsOf(context.registry).find(one => one.name === name);
  if (!group) return pathNotFound();
  return ok({ kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(group) });
}

interface Group {
  name: string;
  /** Preferred version first. */
  versions: Map<string, ResourceType[]>;
}

function groupsOf(registry: Pick<ResourceRegistry, 'all'>): Group[] {
  const groups = new Map<string, Group>();
  for (const type of registry.all()) {
    const group = groups.get(type.group) ?? {
      name: type.group,
      versions: new Map(),
    };
    groups.set(type.group, group);
    group.versions.set(type.version, [
      ...(group.versions.get(type.version) ?? []),
      type,
    ]);
  }
  return [...groups.values()];
}

function describeGroup(group: Group) {
  const versions = [...group.versions.keys()].map(version => ({
    groupVersion: `${group.name}/${version}`,
    version,
  }));
  return { name: group.name, versions, preferredVersion: versions[0] };
}

function aggregatedGroup(group: Group) {
  return {
    metadata: group.name ? { name: group.name } : {},
    versions: [...group.versions].map(([version, types]) => ({
      version,
      resources: types.map(aggregatedResource),
      freshness: 'Current',
    })),
  };
}

function aggregatedResource(type: ResourceType) {
  const kind = responseKind(type);
  const subresources = Object.entries(type.subresources ?? {});
  return {
    resource: type.resource,
    responseKind: kind,
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.singular,
    verbs: type.verbs,
    ...(type.shortNames ? { shortNames: type.shortNames } : {}),
    ...(type.categories ? { categories: type.categories } : {}),
    ...(subresources.length
      ? {
          subresources: subresources.map(([subresource, verbs]) => ({
            subresource,
            responseKind: subresource === 'scale' ? SCALE : kind,
            verbs,
          })),
        }
      : {}),
  };
}

/** Built-in resources leave group and version empty: those of the group they are listed in. */
function responseKind(type: ResourceType) {
  return type.custom
    ? { group: type.group, version: type.version, kind: type.kind }
    : { group: '', version: '', kind: type.kind };
}

function resourceList(context: DiscoveryContext, groupVersion: string) {
  const types = context.registry
    .all()
    .filter(type => groupVersionOf(type) === groupVersion);
  if (!types.length) throw resourceNotFound();
  return {
    kind: 'APIResourceList',
    ...(groupVersion === 'v1' ? {} : { apiVersion: 'v1' }),
    groupVersion,
    resources: types.flatMap(describeResource),
  };
}

function describeResource(type: ResourceType) {
  const { resource, namespaced, kind } = type;
  return [
    {
      name: resource,
      singularName: type.singular,
      namespaced,
      kind,
      verbs: type.verbs,
      ...(type.shortNames ? { shortNames: type.shortNames } : {}),
      ...(type.categories ? { categories: type.categories } : {}),
    },
    ...Object.entries(type.subresources ?? {}).map(([name, verbs]) => ({
      name: `${resource}/${name}`,
      singularName: '',
      namespaced,
      ...(name === 'scale' ? SCALE : { kind }),
      verbs,
    })),
  ];
}

function ok(body: object): BodyReply {
  return { status: 200, body };
}
