import { allBackAtOnce } from './entries/allBackAtOnce';
import { changedCertificate } from './entries/changedCertificate';
import { clockSkew } from './entries/clockSkew';
import { clusterFaults } from './entries/clusterFaults';
import { expiredContinue } from './entries/expiredContinue';
import { fullDisk } from './entries/fullDisk';
import { killedReplica } from './entries/killedReplica';
import { rebuiltCluster, recreatedNamespace } from './entries/otherIdentities';
import { pausedReplica } from './entries/pausedReplica';
import { pausedTransaction } from './entries/pausedTransaction';
import { restartedPostgres } from './entries/restartedPostgres';
import { rotatedToken } from './entries/rotatedToken';
import type { Fault } from './Fault';

/** Every fault, those of one stage one after the other. */
export const FAULTS: readonly Fault[] = [
  ...clusterFaults,
  changedCertificate,
  recreatedNamespace,
  rebuiltCluster,
  clockSkew,
  allBackAtOnce,
  rotatedToken,
  expiredContinue,
  killedReplica,
  pausedReplica,
  pausedTransaction,
  restartedPostgres,
  fullDisk,
];
