import type { HumanDuration, JsonObject, JsonValue } from '@backstage/types';

/**
 * A Kubernetes object as the API server sent it. Only `metadata` can be relied
 * upon; everything else is read defensively by the projection.
 *
 * @public
 */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    uid?: string;
    name: string;
    namespace?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: Array<{
      apiVersion: string;
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }>;
    managedFields?: Array<{
      manager?: string;
      apiVersion?: string;
      operation?: string;
      subresource?: string;
      time?: string;
    }>;
  };
  spec?: JsonObject;
  status?: JsonObject;
  [field: string]: unknown;
}

/**
 * What is stored of an object: an allow-list that the collector picked.
 *
 * @remarks
 * Everything in `doc` is stored, hashed and can be served. Never put in
 * environment values, arguments, commands, whole annotations, or anything of
 * Secrets and ConfigMaps beyond their metadata.
 *
 * @public
 */
export interface ObservedObject {
  /** Unique among the objects of one collector in one cluster; mostly the UID. */
  key: string;
  /** `null` for cluster-scoped objects. */
  namespace: string | null;
  name: string;
  doc: JsonObject;
}

/**
 * The API resource a collector reads: it decides the request, the check of the
 * permissions and the rule in the ClusterRole.
 *
 * @public
 */
export interface CollectorResource {
  /** API group; the empty string is the core group. */
  group: string;
  /** Versions that the projection understands, preferred first. */
  versions: readonly [string, ...string[]];
  /** Plural resource name, such as `deployments`. */
  resource: string;
  /** Kind of one object, such as `Deployment`; list items do not carry it. */
  kind: string;
  namespaced: boolean;
}

interface CollectorBase {
  /** Unique, kebab-case, stable: it keys rows, ledger and configuration. */
  id: string;
  /** Plural, in words, for the UI: `Horizontal pod autoscalers`. */
  title: string;
  /** How often it runs per cluster, unless configuration says otherwise. */
  cadence: HumanDuration;
}

/**
 * Folds many objects into fewer rows, such as pods into their workloads.
 *
 * @remarks
 * One aggregator sees every object of one complete list exactly once. Its rows
 * are written only after the list was complete, because a sum over half a list
 * is wrong where a single object of it is right.
 *
 * @public
 */
export interface ObjectAggregator {
  add(object: KubernetesObject): void;
  rows(): ObservedObject[];
}

/**
 * Reads one resource by listing it page by page.
 *
 * @public
 */
export interface ListCollector extends CollectorBase {
  type: 'list';
  resource: CollectorResource;
  /** The verbs it needs on `resource`. */
  verbs: ReadonlyArray<'get' | 'list'>;
  /** `metadata` asks for PartialObjectMetadata: no spec, no status on the wire. */
  body: 'full' | 'metadata';
  /** Objects of the first page; adapted to the size of the bodies from then on. Default 500. */
  pageSize?: number;
  /** The allow-list. `undefined` leaves the object out on purpose. */
  project?(object: KubernetesObject): ObservedObject | undefined;
  /** Used instead of `project` where rows are sums over objects. */
  aggregate?(): ObjectAggregator;
}

/**
 * What a probe can ask a cluster for.
 *
 * @public
 */
export interface ProbeContext {
  /**
   * GET of a path of the API server.
   *
   * @returns the parsed JSON body, or the text where the answer is not JSON
   * @throws the same typed errors as a list, with code, status and message
   */
  get(
    path: string,
    options?: { accept?: string },
  ): Promise<{ status: number; body: JsonValue }>;
  signal: AbortSignal;
}

/** What a probe found; its rows replace all rows of its earlier runs. @public */
export interface ProbeResult {
  rows: ObservedObject[];
}

/**
 * Reads something that is not a list, such as the version.
 *
 * @public
 */
export interface ProbeCollector extends CollectorBase {
  type: 'probe';
  /** The paths it reads, for the ClusterRole: `/version`, `/apis/*`. */
  nonResourceUrls: readonly string[];
  probe(context: ProbeContext): Promise<ProbeResult>;
}

/**
 * Something that knows how to read one kind of thing from a cluster.
 *
 * @public
 */
export type Collector = ListCollector | ProbeCollector;
