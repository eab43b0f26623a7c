import {
  createServiceAccountToken,
  grant,
  revoke,
  type PolicyRule,
} from '../kubernetes/access';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { waitFor } from '../processes/waitFor';
import type { ControlPlane } from './ControlPlane';
import type {
  ControlPlanePrograms,
  RunningPrograms,
} from './ControlPlanePrograms';
import type { KubernetesMinor } from './minor';
import { areNodesReady, createNodes, type NodeSpec } from './nodes';
import type { Etcd } from './startEtcd';

/** A control plane whose programs are children of this process. */
export class LocalControlPlane implements ControlPlane {
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
