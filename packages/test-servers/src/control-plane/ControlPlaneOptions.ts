import type { PolicyRule } from '../kubernetes/access';
import type { KubernetesMinor } from './minor';
import type { NodeSpec } from './nodes';
import type { Etcd } from './startEtcd';

/** What kind of control plane to start. */
export interface ControlPlaneOptions {
  /**
   * Name of the context in the kubeconfig, and of the place in etcd. Must
   * differ among control planes on one etcd.
   *
   * @defaultValue 'test', with a shared etcd a random one
   */
  name?: string;
  /** Minor whose APIs are served. @defaultValue that of the binaries */
  minor?: KubernetesMinor;
  /** Controller manager and scheduler too. @defaultValue false */
  controllers?: boolean;
  /** kwok, which makes nodes ready and lets pods run. @defaultValue false */
  kwok?: boolean;
  /** Nodes to make, or their number; awaited until ready when kwok runs. */
  nodes?: number | NodeSpec[];
  /** Users with a token, and what they may do. */
  tokens?: { name: string; rules: readonly PolicyRule[] }[];
  /** Shares an etcd, which then outlives this control plane. */
  etcd?: Pick<Etcd, 'url'>;
  /**
   * Folder of data, keys and tokens, kept by `stop`: a start on the same folder
   * and name finds the same objects. @defaultValue a temporary folder
   */
  dataDir?: string;
  /** Port of the API server on loopback. @defaultValue a free one */
  port?: number;
  /** Folder of the programs' logs. @defaultValue `logs` in the data folder */
  logDir?: string;
  /** Takes the progress of a build, should one be needed. */
  log?: (line: string) => void;
}
