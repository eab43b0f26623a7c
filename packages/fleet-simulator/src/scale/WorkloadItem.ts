import type { ClusterModel } from './ClusterModel';
import type { Workload } from './Workload';
import { imageDigest } from './containers';

/** Tells apart the uids of things that have the same number. */
const WORKLOAD = 0x3001;
const REPLICA_SET = 0x3002;

/**
 * A workload of a cluster after a round. What its pods share is computed once
 * for all of them, and only when it is needed.
 */
export class WorkloadItem {
  private readonly known: {
    uid?: string;
    templateHash?: string;
    replicaSetUid?: string;
    digest?: string;
  } = {};

  constructor(readonly cluster: ClusterModel, readonly workload: Workload) {}

  get uid(): string {
    const { ordinal, born } = this.workload;
    return (this.known.uid ??= this.cluster.uid(WORKLOAD, ordinal, born));
  }

  /** Stands for its pod template in names. */
  get templateHash(): string {
    return (this.known.templateHash ??= this.cluster.templateHash(
      this.workload,
    ));
  }

  /** Uid of the newest ReplicaSet of a Deployment. */
  get replicaSetUid(): string {
    const { ordinal, rolled } = this.workload;
    return (this.known.replicaSetUid ??= this.cluster.uid(
      REPLICA_SET,
      ordinal,
      rolled,
    ));
  }

  get replicaSetName(): string {
    return `${this.workload.name}-${this.templateHash}`;
  }

  /** Name of what its pods belong to. */
  get podOwnerName(): string {
    return this.workload.kind === 'deployments'
      ? this.replicaSetName
      : this.workload.name;
  }

  get podOwnerUid(): string {
    return this.workload.kind === 'deployments' ? this.replicaSetUid : this.uid;
  }

  /** SHA-256 of its image, as runtimes report it. */
  get digest(): string {
    return (this.known.digest ??= imageDigest(this.workload));
  }
}
