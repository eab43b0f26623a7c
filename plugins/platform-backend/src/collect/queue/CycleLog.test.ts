import { mockServices } from '@backstage/backend-test-utils';
import { failure, success } from './__testUtils__/reports';
import { CycleLog } from './CycleLog';
import type { ClaimedJob } from './LeaseStore';
import type { RecordedRun } from './RunRecorder';

const job = (clusterId: number): ClaimedJob => ({
  startedAt: 1,
  lateMs: clusterId * 100,
  fails: 0,
  lease: {
    clusterId,
    clusterName: `c${clusterId}`,
    collector: 'pods',
    epoch: 1,
    owner: 'one',
    leaseUntil: 2,
  },
});

const end = (
  clusterId: number,
  run: Partial<RecordedRun> = {},
): RecordedRun => ({
  job: job(clusterId),
  report: success(3),
  startedAt: 1_000,
  finishedAt: 1_200,
  held: true,
  breaker: undefined,
  ...run,
});

describe('CycleLog', () => {
  function setUp() {
    const logger = mockServices.logger.mock();
    return {
      logger,
      cycles: new CycleLog({ logger, intervalMs: 3_600_000 }),
    };
  }

  it('writes one line for a whole cycle, and none for an idle one', () => {
    const { logger, cycles } = setUp();
    for (let run = 0; run < 50; run++) {
      cycles.add(end(run % 2));
    }
    const broken = { report: failure('truncated'), finishedAt: 13_440 };
    cycles.add(end(3, broken));
    expect(logger.info).not.toHaveBeenCalled();

    cycles.flush();
    cycles.flush();
    expect(logger.info.mock.calls).toEqual([
      [
        'Collected from 3 clusters in 0.0 s: 50 runs complete, 0 partial, 1 failed (1 truncated); 150 objects, 150 changes; 0.4 s per run, the longest 12.4 s (pods of c3); started up to 0.3 s late',
      ],
    ]);
  });

  it('says at once which cluster stops and starts to answer', () => {
    const { logger, cycles } = setUp();
    cycles.add(end(1, { report: failure('dns'), breaker: 'opened' }));
    cycles.add(end(1, { breaker: 'closed' }));
    cycles.flush();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/^Cluster c1 gives no answer \(dns\)/),
    );
    expect(logger.info).toHaveBeenCalledWith('Cluster c1 answers again');
  });
});
