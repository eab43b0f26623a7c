import { ServiceUnavailableError } from '@backstage/errors';

/**
 * Waits for an answer of the database, but not as long as a connection pool
 * would: who probes gives up sooner.
 *
 * @throws ServiceUnavailableError when it takes longer
 */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new ServiceUnavailableError(
            `The database of the platform plugin did not answer within ${
              ms / 1_000
            } s; check backend.database in app-config.yaml and what the server is busy with`,
          ),
        ),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
