import { InputError } from '@backstage/errors';
import type { Answer, BackendProcess } from '../processes/startBackend';

/** What a series of requests was like. */
export interface Latencies {
  ms: number[];
  /** Of the largest answer. */
  maxBytes: number;
}

/** Requests before the counted ones, for caches and just-in-time compilation. */
const WARM_UP = 300;

/**
 * Asks for paths, one request after the other on a kept connection: what is
 * measured is the server and the loopback, not a queue.
 *
 * @throws InputError when an answer is not 200
 */
export async function latenciesOf(
  backend: BackendProcess,
  paths: readonly string[],
): Promise<Latencies> {
  for (let index = 0; index < WARM_UP; index++) {
    await ask(backend, paths[index % paths.length]);
  }
  const ms: number[] = [];
  let maxBytes = 0;
  for (const path of paths) {
    const answer = await ask(backend, path);
    ms.push(answer.ms);
    maxBytes = Math.max(maxBytes, answer.bytes);
  }
  return { ms, maxBytes };
}

/** @throws InputError when the answer is not 200 */
export async function ask(
  backend: BackendProcess,
  path: string,
): Promise<Answer> {
  const answer = await backend.get(path);
  if (answer.status !== 200) {
    throw new InputError(
      `${path} was answered with ${answer.status}: ${JSON.stringify(
        answer.body,
      )}`,
    );
  }
  return answer;
}
