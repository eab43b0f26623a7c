import type { KubernetesClient } from '../kubernetes/KubernetesClient';
import type { PolicyRule } from '../kubernetes/access';
import type { KubernetesMinor } from './minor';
import type { NodeSpec } from './nodes';
import type { Etcd } from './startEtcd';

/** A running control plane. */
export interface ControlPlane {
  name: string;
  /** `https://127.0.0.1:…` */
  url: string;
  /** Certificate authority, PEM. */
  caPem: string;
  /** The same in base64, as kubeconfig files and `app-config` have it. */
  caData: string;
  /** Token of a user in `system:masters`. */
  adminToken: string;
  /** Token by name of the users that were asked for. */
  tokens: Readonly<Record<string, string>>;
  /** A kubeconfig file of the admin. */
  kubeconfigPath: string;
  /** A client of the admin. */
  client: KubernetesClient;
  etcd: Pick<Etcd, 'url'>;
  /** Process ids of all programs that run for this control plane alone. */
  readonly pids: number[];
  /** What `/version` says now. */
  readonly version: ControlPlaneVersion;

  /** A client with another token; without one it is anonymous. It ends with this control plane. */
  clientFor(token?: string): KubernetesClient;
  /** Gives a user these rights in place of earlier ones; returns when they count. */
  grant(user: string, rules: readonly PolicyRule[]): Promise<void>;
  /** Takes what `grant` or the option `tokens` gave; returns when it is gone. */
  revoke(user: string): Promise<void>;
  /** A token of a service account, made when needed, and its user for `grant`. */
  createServiceAccountToken(account: {
    name: string;
    namespace?: string;
    lifetimeSeconds?: number;
  }): Promise<{ token: string; user: string }>;
  /** Makes nodes and waits until they are ready, when kwok runs. */
  createNodes(specs: NodeSpec[]): Promise<void>;
  /** Ends API server, controllers and kwok at once; etcd and the data stay. */
  kill(): Promise<void>;
  /**
   * Starts again on the same data and address, after `kill` or not: with
   * another minor this is an upgrade of the control plane.
   */
  restart(options?: { minor?: KubernetesMinor }): Promise<void>;
  /** Ends everything at once, and removes the data unless its folder was given. */
  stop(): Promise<void>;
}

/** Version of an API server. */
export interface ControlPlaneVersion {
  /** Version of the binary: "v1.36.3". */
  gitVersion: string;
  /** Minor whose APIs are served; differs from the binary's when emulated. */
  minor: KubernetesMinor;
}
