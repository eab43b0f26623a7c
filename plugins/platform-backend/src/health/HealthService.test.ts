import { mockServices } from '@backstage/backend-test-utils';
import type { LoopState } from '../collect/queue/CollectLoop';
import { HealthService } from './HealthService';

const RUNNING: LoopState = {
  slots: 8,
  busy: 0,
  runningSince: 1,
  lastClaimAt: 2,
};

/** Only what probes need. */
function setUp(
  listState: () => Promise<{ clusterList: { syncedAt: number | null } }>,
  loop: LoopState = RUNNING,
) {
  const logger = mockServices.logger.mock();
  const asked = jest.fn(listState);
  const health = new HealthService({
    logger,
    store: { listState: asked },
    collection: { loop: () => loop },
  } as any);
  return { health, logger, asked };
}

const listed = async () => ({ clusterList: { syncedAt: 3 } });

describe('HealthService', () => {
  it('lives without asking anybody', async () => {
    const { health, asked } = setUp(listed);
    expect(await health.live()).toEqual({ status: 'ok' });
    expect(asked).not.toHaveBeenCalled();
  });

  it('asks the database once for all who probe', async () => {
    const { health, asked } = setUp(listed);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => health.ready()),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set(['ok']),
    );
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      'the list of clusters was never read',
      async () => ({ clusterList: { syncedAt: null } }),
      RUNNING,
    ],
    [
      'collection does not run',
      listed,
      { ...RUNNING, runningSince: undefined },
    ],
    ['nothing was claimed yet', listed, { ...RUNNING, lastClaimAt: undefined }],
    [
      'the database is away',
      async () => {
        throw new Error('select * from cluster_list_state - ECONNREFUSED');
      },
      RUNNING,
    ],
    ['the database hangs', () => new Promise<never>(() => {}), RUNNING],
  ])('is not ready while %s, and does not say why', async (_, state, loop) => {
    const { health } = setUp(state, loop);
    await expect(health.ready()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'Not ready; /health says why to those who may read it',
      cause: undefined,
    });
  });

  it('tells the log once what is wrong with the database', async () => {
    const failure = new Error('ECONNREFUSED');
    const { health, logger } = setUp(async () => {
      throw failure;
    });
    await Promise.allSettled([health.ready(), health.ready()]);
    expect(logger.error.mock.calls).toEqual([
      ['Not ready: the database can not be read', failure],
    ]);
  });
});
