import fc from 'fast-check';
import { workloadStatus } from './workloadStatus';

const settled = {
  desired: 3,
  ready: 3,
  updated: 3,
  generation: 5,
  observedGeneration: 5,
};

describe('workloadStatus of a rollout', () => {
  const verdict = (more: object) =>
    workloadStatus('Deployment', { ...settled, ...more });

  it('is ready when as many are ready as are wanted', () => {
    expect(verdict({})).toEqual({ status: 'ready', message: null });
  });

  it('is not ready when pods are missing and nothing is rolling out', () => {
    expect(verdict({ ready: 2 })).toEqual({
      status: 'not_ready',
      message: '2 of 3 ready',
    });
  });

  it('takes an absent ready count as none: the API leaves out zeros', () => {
    expect(verdict({ ready: undefined }).message).toBe('0 of 3 ready');
  });

  it('is progressing while pods of the new revision are missing', () => {
    expect(verdict({ updated: 1, ready: 3 })).toEqual({
      status: 'progressing',
      message: 'Rolling out, 1 of 3 updated',
    });
  });

  it('says that a rollout is paused', () => {
    expect(verdict({ updated: 1, paused: true })).toEqual({
      status: 'progressing',
      message: 'The rollout is paused, 1 of 3 updated',
    });
  });

  it.each([
    ['ReplicaSetUpdated', 'progressing', 'Rolling out, 1 of 3 ready'],
    ['NewReplicaSetAvailable', 'not_ready', '1 of 3 ready'],
  ])(
    'believes a Deployment whose condition says %s',
    (reason, status, message) => {
      expect(
        verdict({
          ready: 1,
          conditions: [{ type: 'Progressing', status: 'True', reason }],
        }),
      ).toEqual({ status, message });
    },
  );

  it('does not wait for pods below the partition, nor for those people delete', () => {
    const strategies = [
      { type: 'RollingUpdate', partition: 2 },
      { type: 'OnDelete' },
    ];
    for (const strategy of strategies) {
      expect(verdict({ updated: 1, strategy }).status).toBe('ready');
    }
    expect(verdict({ updated: 0, strategy: strategies[0] }).status).toBe(
      'progressing',
    );
  });

  it('does not believe a status of an older generation', () => {
    expect(verdict({ generation: 6 }).status).toBe('progressing');
  });

  it('is failed past the progress deadline', () => {
    expect(
      verdict({
        ready: 1,
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
          },
        ],
      }),
    ).toEqual({
      status: 'failed',
      message: 'The rollout is past its progress deadline, 1 of 3 ready',
    });
  });

  it('is scaled down when none are wanted', () => {
    expect(verdict({ desired: 0, ready: 0, updated: 0 }).status).toBe(
      'scaled_down',
    );
  });

  it('is unknown when the cluster did not say how many are wanted', () => {
    expect(verdict({ desired: undefined }).status).toBe('unknown');
  });

  it('never calls ready what has fewer ready than wanted', () => {
    fc.assert(
      fc.property(
        fc.record({
          desired: fc.integer({ min: 1, max: 50 }),
          ready: fc.integer({ min: 0, max: 60 }),
          updated: fc.integer({ min: 0, max: 60 }),
        }),
        facts => {
          const { status } = workloadStatus('StatefulSet', facts);
          const isReady = facts.ready >= facts.desired;
          expect([status, isReady]).not.toEqual(['ready', false]);
        },
      ),
    );
  });
});

describe('workloadStatus of jobs', () => {
  const condition = (type: string, reason?: string) => ({
    conditions: [{ type, status: 'True', reason }],
  });

  it('tells a failed job with its reason', () => {
    expect(
      workloadStatus('Job', condition('Failed', 'BackoffLimitExceeded')),
    ).toEqual({
      status: 'failed',
      message: 'The job failed: BackoffLimitExceeded',
    });
  });

  it.each([
    ['completed', condition('Complete')],
    ['completed', { completionTime: '2026-11-21T10:00:00Z' }],
    ['progressing', { active: 1 }],
    ['suspended', { suspend: true }],
    ['unknown', {}],
  ])('is %s', (status, facts) => {
    expect(workloadStatus('Job', facts).status).toBe(status);
  });

  it('tells whether a cron job is suspended', () => {
    expect(workloadStatus('CronJob', { suspend: true }).status).toBe(
      'suspended',
    );
    expect(workloadStatus('CronJob', { suspend: false }).status).toBe('ready');
  });
});
