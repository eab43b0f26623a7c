import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createServiceAccountToken,
  grant,
  revoke,
  type PolicyRule,
} from '../kubernetes/access';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { freePort } from '../processes/freePort';
import { temporaryFolder } from '../processes/temporaryFolder';
import { waitFor } from '../processes/waitFor';
import type { ControlPlane } from './ControlPlane';
import type { ControlPlaneOptions } from './ControlPlaneOptions';
import { ControlPlanePrograms, type RunningPrograms } from './ControlPlanePrograms';
import { ensureCredentials } from './credentials';
import { ensureControlPlaneBinaries } from './ensureControlPlaneBinaries';
import type { KubernetesMinor } from './minor';
import { areNodesReady, createNodes, type NodeSpec } from './nodes';
import { startEtcd, type Etcd } from './startEtcd';

/**
 * Starts a real Kubernetes control plane on loopback: etcd and an API server
 * with RBAC, on request the controllers, and kwok in place of kubelets. Takes
 * about 5 s, and minutes when the binaries must be built first. Everything
 * ends at the latest when this process ends.
 *
 * @throws ServiceUnavailableError when the binaries can not be had
 * @throws NotFoundError when they lack controllers or kwok that are asked for
 * @throws InputError when they can not emulate the minor
 * @throws Error that names the program that failed and holds the end of its log
 */
export async function startControlPlane(
  options: ControlPlaneOptions = {},
): Promise<ControlPlane> {
  const binaries = await ensureControlPlaneBinaries({ log: options.log });
  const folder = options.dataDir ?? (await temporaryFolder('control-plane'));
  const logDir = options.logDir ?? join(folder, 'logs');
  const {
    name = options.etcd ? `test-${randomBytes(4).toString('hex')}` : 'test',
    tokens: users = [],
    nodes = [],
  } = options;
  await mkdir(logDir, { recursive: true });
  const credentials = await ensureCredentials(
    join(folder, 'credentials'),
    users.map(user => user.name),
  );
  const port = options.port ?? (await freePort());
  const ownEtcd = options.etcd
    ? undefined
    : await startEtcd({ dataDir: folder, logDir });
  const etcd = options.etcd ?? ownEtcd!;
  const cleanUp = async () => {
    await ownEtcd?.stop();
    if (!options.dataDir) await rm(folder, { recursive: true, force: true });
  };
  let plane: LocalControlPlane | undefined;
  try {
    const programs = new ControlPlanePrograms({
      binaries,
      name,
      folder,
      logDir,
      etcdUrl: etcd.url,
      port,
      credentials,
      controllers: options.controllers ?? false,
      kwok: options.kwok ?? false,
    });
    plane = new LocalControlPlane({
      name,
      etcd,
      etcdPid: ownEtcd?.pid,
      tokens: credentials.tokens,
      programs,
      running: await programs.start(options.minor),
      kwok: options.kwok ?? false,
      cleanUp,
    });
    for (const user of users) await plane.grant(user.name, user.rules);
    await plane.createNodes(nodeSpecs(nodes));
    return plane;
  } catch (error) {
    await (plane ? plane.stop() : cleanUp());
    throw error;
  }
}

function nodeSpecs(nodes: number | NodeSpec[]): NodeSpec[] {
  if (typeof nodes !== 'number') return nodes;
  return Array.from({ length: nodes }, (_, index) => ({
    name: `node-${index + 1}`,
  }));
}

class LocalControlPlane implements ControlPlane {
  readonly name: string;
  readonly url: string;
  readonly caPem: string;
  readonly caData: string;
  readonly adminToken: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly kubeconfigPath: string;
  readonly client: KubernetesClient;
  readonly etcd: Pick<Etcd, 'url'>;
  version: ControlPlane['version'];
  readonly #etcdPid: number | undefined;
  readonly #programs: ControlPlanePrograms;
  readonly #kwok: boolean;
  readonly #cleanUp: () => Promise<void>;
  readonly #clients: KubernetesClient[] = [];

  constructor(options: {
    name: string;
    etcd: Pick<Etcd, 'url'>;
    etcdPid: number | undefined;
    tokens: Record<string, string>;
    programs: ControlPlanePrograms;
    running: RunningPrograms;
    kwok: boolean;
    cleanUp: () => Promise<void>;
  }) {
    const { admin, ...tokens } = options.tokens;
    this.name = options.name;
    this.url = options.programs.url;
    this.caPem = options.running.caPem;
    this.caData = Buffer.from(this.caPem).toString('base64');
    this.adminToken = admin;
    this.tokens = tokens;
    this.kubeconfigPath = options.programs.kubeconfigFile;
    this.etcd = options.etcd;
    this.version = options.running.version;
    this.#etcdPid = options.etcdPid;
    this.#programs = options.programs;
    this.#kwok = options.kwok;
    this.#cleanUp = options.cleanUp;
    this.client = this.clientFor(admin);
  }

  get pids(): number[] {
    const own = this.#etcdPid === undefined ? [] : [this.#etcdPid];
    return [...own, ...this.#programs.pids];
  }

  clientFor(token?: string): KubernetesClient {
    const client = new KubernetesClient({
      url: this.url,
      caPem: this.caPem,
      token,
    });
    this.#clients.push(client);
    return client;
  }

  async grant(user: string, rules: readonly PolicyRule[]): Promise<void> {
    await grant(this.client, user, rules);
  }

  async revoke(user: string): Promise<void> {
    await revoke(this.client, user);
  }

  async createServiceAccountToken(
    account: Parameters<typeof createServiceAccountToken>[1],
  ): Promise<{ token: string; user: string }> {
    return await createServiceAccountToken(this.client, account);
  }

  async createNodes(specs: NodeSpec[]): Promise<void> {
    await createNodes(this.client, specs, {
      kubeletVersion: kubeletVersion(this.version),
    });
    if (!this.#kwok || specs.length === 0) return;
    const names = specs.map(spec => spec.name);
    await waitFor(() => areNodesReady(this.client, names), {
      describe: `kwok to make ${names.join(', ')} ready`,
      abortIf: () => this.#programs.assertRunning(),
    });
  }

  async kill(): Promise<void> {
    await this.#programs.end();
  }

  async restart(options: { minor?: KubernetesMinor } = {}): Promise<void> {
    await this.#programs.end();
    const { version } = await this.#programs.start(
      options.minor ?? this.version.minor,
    );
    this.version = version;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map(client => client.close()));
    await this.#programs.end();
    await this.#cleanUp();
  }
}

/** A kubelet of the minor that is served, not of the binary that emulates it. */
function kubeletVersion(version: ControlPlane['version']): string {
  return version.gitVersion.startsWith(`v${version.minor}.`)
    ? version.gitVersion
    : `v${version.minor}.0`;
}
