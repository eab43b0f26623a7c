import { InputError } from '@backstage/errors';
import { ApiServer } from './api/ApiServer';
import {
  ADMIN_RULES,
  COLLECTOR_RULES,
  type PolicyRule,
  type SimulatedUser,
} from './api/authorization';
import type { VersionOptions } from './api/version';
import { FaultPlan } from './faults/FaultPlan';
import { createRequestHandler } from './http/requestHandler';
import { TlsListener } from './http/TlsListener';
import type { Traffic } from './http/Traffic';
import type { KubernetesObject } from './kubernetes';
import {
  BUILT_IN_RESOURCES,
  OPTIONAL_RESOURCES,
} from './resources/builtInResources';
import { ResourceRegistry } from './resources/ResourceRegistry';
import type { ResourceType } from './resources/ResourceType';
import type { ObjectSource } from './store/ObjectSource';
import { ObjectStore } from './store/ObjectStore';
import { namespace } from './builders/namespace';
import {
  CertificateAuthority,
  type CertificateAndKey,
} from './tls/CertificateAuthority';

/** How to start one cluster; only the name is needed. */
export interface SimulatedClusterOptions {
  name: string;
  /** `gitVersion`, such as `v1.34.4-eks-abc123`; v1.35.0 unless given. */
  version?: string;
  /** Such as `1.33`: APIs of another minor than the binary's. */
  emulatedMinor?: string;
  /** 0 or absent for any free port. */
  port?: number;
  /** What the cluster's token may do; {@link COLLECTOR_RULES} unless given. */
  rules?: readonly PolicyRule[];
  /** The cluster's token; made from the name unless given. */
  token?: string;
  /** Further tokens and who they stand for. */
  users?: Readonly<Record<string, SimulatedUser>>;
  /** Optional groups that are installed, such as `gateway.networking.k8s.io`. */
  groups?: readonly string[];
  /** Resources beyond the built-in ones. */
  extraResources?: readonly ResourceType[];
  /** Objects to begin with. */
  objects?: Iterable<KubernetesObject>;
  /**
   * Makes a source that serves objects beside those of the store, or in their
   * place; again after each {@link SimulatedCluster.rebuild}, with the number
   * of rebuilds so far.
   */
  source?: (store: ObjectStore, generation: number) => ObjectSource;
  /** Equal seeds give equal uids; the name unless given. */
  seed?: string;
  /** Epoch milliseconds; the clock of the machine unless given. */
  now?: () => number;
  /** How many changes watches and snapshots go back. */
  historyLimit?: number;
  /** How often watches get a bookmark without a change; a minute unless given. */
  bookmarkIntervalMs?: number;
  /** Signs the certificate; the one of the process unless given. */
  authority?: CertificateAuthority;
  /** Text of `/metrics`. */
  metrics?: () => string;
  /** Counts requests and bytes. */
  traffic?: Traffic;
}

/** A running cluster: an HTTPS listener over a store, with faults to switch. */
export interface SimulatedCluster {
  readonly name: string;
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  readonly port: number;
  /** PEM of the authority, base64, as kubeconfigs and the Kubernetes plugin want it. */
  readonly caData: string;
  readonly caPem: string;
  /** Bearer token with the rights of `rules`; replaced by {@link SimulatedCluster.rotateToken}. */
  readonly token: string;
  /** Bearer token that may do everything. */
  readonly adminToken: string;
  /** The objects; replaced by {@link SimulatedCluster.rebuild}. */
  readonly store: ObjectStore;
  readonly faults: FaultPlan;
  readonly registry: ResourceRegistry;
  /** `/version`; may be set while the cluster runs, as by an upgrade. */
  readonly version: VersionOptions;
  /** Uid of the `kube-system` namespace: the identity of the cluster. */
  readonly uid: string;
  /** Shows a certificate of an authority that nobody trusts. */
  swapCertificate(): void;
  /** Shows the certificate it started with. */
  restoreCertificate(): void;
  /** Knows a new token in place of the one of before, which gets 401. */
  rotateToken(): string;
  /** Becomes another cluster at the same address: new uids, only these objects. */
  rebuild(objects?: Iterable<KubernetesObject>): void;
  /** Frees the port and cuts every connection. */
  stop(): Promise<void>;
}

const SYSTEM_NAMESPACES = [
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
];

class ListeningCluster implements SimulatedCluster {
  readonly name: string;
  readonly adminToken: string;
  readonly caPem: string;
  readonly version: VersionOptions;
  readonly registry: ResourceRegistry;
  readonly faults: FaultPlan;
  private readonly certificate: CertificateAndKey;
  private readonly listener: TlsListener;
  private readonly users: Map<string, SimulatedUser>;
  private currentToken: string;
  private currentStore: ObjectStore;
  private currentSource: ObjectSource;
  /** How often the cluster was rebuilt. */
  private generation = 0;
  /** How often the token was replaced. */
  private rotations = 0;

  constructor(private readonly options: SimulatedClusterOptions) {
    const { name } = options;
    const authority = options.authority ?? CertificateAuthority.ofProcess();
    this.name = name;
    this.currentToken = options.token ?? `${name}-token`;
    this.adminToken = `${this.currentToken}-admin`;
    this.users = new Map(
      Object.entries<SimulatedUser>({
        ...options.users,
        [this.currentToken]: this.collector(),
        [this.adminToken]: { name: 'admin', rules: ADMIN_RULES },
      }),
    );
    this.caPem = authority.certPem;
    this.certificate = authority.issueServerCertificate('kube-apiserver');
    this.version = {
      gitVersion: options.version ?? 'v1.35.0',
      emulatedMinor: options.emulatedMinor,
    };
    this.registry = registryFor(options);
    this.currentStore = this.newStore(options.objects ?? []);
    this.currentSource = this.newSource();
    this.faults = new FaultPlan(
      () => this.followConnectionFaults(),
      options.seed ?? name,
    );
    this.listener = new TlsListener({
      port: options.port ?? 0,
      certificate: this.certificate,
      handler: createRequestHandler({
        api: this.newApiServer(),
        plan: this.faults,
        now: options.now,
        traffic: options.traffic,
      }),
      faults: this.faults,
      onConnection: () => options.traffic?.connected(),
    });
  }

  get token(): string {
    return this.currentToken;
  }

  get store(): ObjectStore {
    return this.currentStore;
  }

  get port(): number {
    return this.listener.port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  get caData(): string {
    return Buffer.from(this.caPem).toString('base64');
  }

  get uid(): string {
    const kubeSystem = this.store.get(
      { group: '', resource: 'namespaces' },
      'kube-system',
    );
    return kubeSystem?.metadata.uid ?? '';
  }

  start(): Promise<void> {
    return this.listener.start();
  }

  async stop(): Promise<void> {
    await this.faults.settled();
    await this.listener.pause();
  }

  swapCertificate(): void {
    const stranger = CertificateAuthority.create('stranger');
    this.listener.setCertificate(
      stranger.issueServerCertificate('kube-apiserver'),
    );
  }

  restoreCertificate(): void {
    this.listener.setCertificate(this.certificate);
  }

  rotateToken(): string {
    this.users.delete(this.currentToken);
    this.rotations += 1;
    const first = this.options.token ?? `${this.name}-token`;
    this.currentToken = `${first}-${this.rotations}`;
    this.users.set(this.currentToken, this.collector());
    return this.currentToken;
  }

  rebuild(objects: Iterable<KubernetesObject> = []): void {
    this.generation += 1;
    this.currentStore = this.newStore(objects);
    this.currentSource = this.newSource();
    this.listener.dropConnections();
  }

  private newStore(objects: Iterable<KubernetesObject>): ObjectStore {
    const { seed = this.name, now = Date.now, historyLimit } = this.options;
    const store = new ObjectStore({
      registry: this.registry,
      now,
      seed: this.generation ? `${seed}#${this.generation}` : seed,
      historyLimit,
    });
    for (const name of SYSTEM_NAMESPACES) store.apply(namespace({ name }));
    for (const object of objects) store.apply(object);
    return store;
  }

  private newSource(): ObjectSource {
    return (
      this.options.source?.(this.currentStore, this.generation) ??
      this.currentStore
    );
  }

  private collector(): SimulatedUser {
    return { name: 'roadbed', rules: this.options.rules ?? COLLECTOR_RULES };
  }

  private newApiServer(): ApiServer {
    const { metrics } = this.options;
    return new ApiServer({
      registry: this.registry,
      source: () => this.currentSource,
      version: this.version,
      users: this.users,
      now: this.options.now ?? Date.now,
      serverAddress: () => `127.0.0.1:${this.port}`,
      metrics: metrics ?? (() => ''),
      bookmarkIntervalMs: this.options.bookmarkIntervalMs ?? 60_000,
    });
  }

  private async followConnectionFaults(): Promise<void> {
    await this.listener.pause();
    if (this.faults.connections !== 'refuse-connections') {
      await this.listener.start();
    }
  }
}

/**
 * Starts a cluster that speaks the Kubernetes API on loopback.
 *
 * @example
 * ```ts
 * const cluster = await startSimulatedCluster({ name: 'shop-dev' });
 * cluster.store.apply(deployment({ name: 'cart', namespace: 'default' }));
 * ```
 */
export async function startSimulatedCluster(
  options: SimulatedClusterOptions,
): Promise<SimulatedCluster> {
  const cluster = new ListeningCluster(options);
  await cluster.start();
  return cluster;
}

/** One for all clusters that serve the built-in resources only: a fleet has thousands of them. */
const builtInRegistry = new ResourceRegistry(BUILT_IN_RESOURCES);

function registryFor(options: SimulatedClusterOptions): ResourceRegistry {
  const { groups = [], extraResources = [] } = options;
  if (!groups.length && !extraResources.length) return builtInRegistry;
  return new ResourceRegistry([
    ...BUILT_IN_RESOURCES,
    ...groups.flatMap(optionalGroup),
    ...extraResources,
  ]);
}

function optionalGroup(group: string): readonly ResourceType[] {
  const types = OPTIONAL_RESOURCES[group];
  if (!types) {
    throw new InputError(
      `"${group}" in groups is not an optional group; known are ${Object.keys(
        OPTIONAL_RESOURCES,
      ).join(', ')}, others go into "extraResources"`,
    );
  }
  return types;
}
