import {
  closeSession,
  openSession,
  type ContractSession,
  type ContractTarget,
} from './ContractTarget';
import { discoveryContract } from './discovery';
import { hasKubectl, kubectlContract } from './kubectl';
import { listContract } from './lists';
import { paginationContract } from './pagination';
import { refusalContract } from './refusals';
import { representationContract } from './representations';
import { transportContract } from './transport';
import { watchContract } from './watches';
import { writeContract } from './writes';

/**
 * The contract of a Kubernetes API server, as far as Roadbed relies on it. It
 * is held against the simulator and against real servers, with the same
 * assertions.
 */
export function describeContract(
  name: string,
  connect: () => Promise<ContractTarget>,
): void {
  describe(name, () => {
    let opened: ContractSession;
    const session = () => opened;

    beforeAll(async () => {
      opened = openSession(await connect());
    }, 120_000);

    afterAll(async () => {
      if (opened) await closeSession(opened);
    }, 30_000);

    describe('lists', () => listContract(session));
    describe('pages', () => paginationContract(session));
    describe('representations', () => representationContract(session));
    describe('discovery', () => discoveryContract(session));
    describe('refusals', () => refusalContract(session));
    describe('watches', () => watchContract(session));
    describe('writes', () => writeContract(session));
    describe('transport', () => transportContract(session));
    (hasKubectl() ? describe : describe.skip)('kubectl', () =>
      kubectlContract(session),
    );
  });
}
