import {
  resourceNotFound,
  methodNotAllowed,
  unauthorized,
} from './StatusError';
import type { ResourceRegistry } from '../resources/ResourceRegistry';
import type { ResourceType } from '../resources/ResourceType';
import { isMutable, type ObjectSource } from '../store/ObjectSource';
import { negotiate } from './accept';
import {
  ANONYMOUS,
  authorize,
  type Identity,
  type SimulatedUser,
} from './authorization';
import { discover, pathNotFound } from './discovery';
import { getObject } from './getObject';
import { listObjects, type ListFaults } from './listObjects';
import type { ApiRequest, Reply, ResourceRequest, TypedRequest } from './Reply';
import { OBJECT_REPRESENTATIONS, representObject } from './representations';
import { parseResourceRequest } from './resourceRequest';
import { reviewSelf } from './reviews';
import { toScale } from './scale';
import { servedMinor, versionInfo, type VersionOptions } from './version';
import { hasStreamingLists, watchObjects } from './watchObjects';
import { changeObject, createObject, deleteObject } from './writeObjects';

/** What an {@link ApiServer} serves. */
export interface ApiServerOptions {
  registry: ResourceRegistry;
  source: () => ObjectSource;
  /** May be changed while the server runs, as by an upgrade. */
  version: VersionOptions;
  /** Bearer token to user. */
  users: ReadonlyMap<string, SimulatedUser>;
  /** Epoch milliseconds. */
  now: () => number;
  /** `host:port`. */
  serverAddress: () => string;
  /** Text of `/metrics`. */
  metrics: () => string;
  bookmarkIntervalMs: number;
}

/** How the faults of the cluster reach the handlers. */
export interface HandlingFaults extends ListFaults {
  /** Groups that discovery leaves out. */
  missingGroups?: readonly string[];
}

/**
 * Decides what an API server answers: authentication, authorization, routing.
 * Knows nothing of connections.
 */
export class ApiServer {
  constructor(private readonly options: ApiServerOptions) {}

  /**
   * Who a request comes from.
   *
   * @throws StatusError 401 for a token that is not known
   */
  authenticate(authorization: string | undefined): Identity {
    if (!authorization) return ANONYMOUS;
    const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
    const user = token && this.options.users.get(token);
    if (!user) throw unauthorized();
    return user;
  }

  /** @throws StatusError for everything that is answered with a Status */
  handle(request: ApiRequest, faults: HandlingFaults = {}): Reply {
    const target = parseResourceRequest(request);
    if (!target) {
      authorize(request.identity, request);
      return this.handlePath(request, faults);
    }
    authorize(request.identity, target);
    const type = this.options.registry.find(
      target.group,
      target.version,
      target.resource,
    );
    if (!type) return this.notServed(target);
    return this.handleResource({ ...request, ...target, type }, faults);
  }

  private handlePath(request: ApiRequest, faults: HandlingFaults): Reply {
    const { path } = request;
    const known = ['/version', '/readyz', '/livez', '/healthz', '/metrics'];
    if (known.includes(path) && request.method !== 'GET') {
      throw methodNotAllowed();
    }
    switch (path) {
      case '/version':
        return { status: 200, body: versionInfo(this.options.version) };
      case '/readyz':
      case '/livez':
      case '/healthz':
        return plainText('ok');
      case '/metrics':
        return plainText(this.options.metrics());
      default:
        return (
          discover(path, request.headers.accept, {
            registry: withoutGroups(
              this.options.registry,
              faults.missingGroups ?? [],
            ),
            minor: servedMinor(this.options.version),
            serverAddress: this.options.serverAddress(),
          }) ?? pathNotFound()
        );
    }
  }

  private handleResource(request: TypedRequest, faults: HandlingFaults): Reply {
    const { type, verb, subresource } = request;
    const source = this.options.source();
    const verbs = subresource ? type.subresources?.[subresource] : type.verbs;
    if (!verbs) throw resourceNotFound();
    if (!verbs.includes(verb)) throw methodNotAllowed();
    if (!request.name && (verb === 'update' || verb === 'patch')) {
      throw methodNotAllowed();
    }
    if (type.namespaced && verb === 'create' && !request.namespace) {
      throw methodNotAllowed();
    }
    const now = this.options.now();
    switch (verb) {
      case 'list':
        return listObjects(request, { source, now, faults });
      case 'watch':
        return watchObjects(request, {
          source,
          now: this.options.now,
          streamingLists: hasStreamingLists(servedMinor(this.options.version)),
          bookmarkIntervalMs: this.options.bookmarkIntervalMs,
        });
      case 'get':
        return this.get(request, source, now);
      default:
        return this.write(request, source, now);
    }
  }

  private get(request: TypedRequest, source: ObjectSource, now: number): Reply {
    const { type, subresource, query } = request;
    const wanted = negotiate(request.headers.accept, OBJECT_REPRESENTATIONS);
    const object = getObject(request, source);
    if (subresource === 'scale') return { status: 200, body: toScale(object) };
    return {
      status: 200,
      body: representObject(object, wanted?.as, {
        type,
        includeObject: query.get('includeObject') ?? undefined,
        now,
      }),
    };
  }

  private write(
    request: TypedRequest,
    source: ObjectSource,
    now: number,
  ): Reply {
    if (request.type.group === 'authorization.k8s.io') {
      return reviewSelf(request);
    }
    if (!isMutable(source)) throw methodNotAllowed();
    const context = { source, registry: this.options.registry, now };
    switch (request.verb) {
      case 'create':
        return createObject(request, context);
      case 'update':
      case 'patch':
        return changeObject(request, context);
      case 'delete':
        return deleteObject(request, context);
      default:
        throw methodNotAllowed();
    }
  }

  /** Unknown resources of built-in groups get a Status, everything else plain text. */
  private notServed(target: ResourceRequest): Reply {
    const types: ResourceType[] = this.options.registry
      .all()
      .filter(type => type.group === target.group);
    if (types.length && !types.some(type => type.custom)) {
      throw resourceNotFound();
    }
    return pathNotFound();
  }
}

function plainText(body: string): Reply {
  return {
    status: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    },
    body,
  };
}

function withoutGroups(
  registry: ResourceRegistry,
  groups: readonly string[],
): Pick<ResourceRegistry, 'all' | 'hasGroup'> {
  if (!groups.length) return registry;
  const types = registry.all().filter(type => !groups.includes(type.group));
  return {
    all: () => types,
    hasGroup: group => types.some(type => type.group === group),
  };
}
