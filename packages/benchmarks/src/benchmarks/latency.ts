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
/** Requests to one backend before it is the turn of the other. */
const TURN = 50;

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
  await warmUp(backend, paths);
  return timesOf(backend, paths);
}

/**
 * {@link latenciesOf} two backends, by turns: a machine that gets slower in the
 * course of minutes does so for both.
 */
export async function latenciesByTurns(
  sides: ReadonlyArray<{ backend: BackendProcess; path: string }>,
  requests: number,
): Promise<number[][]> {
  for (const { backend, path } of sides) await warmUp(backend, [path]);
  const ms: number[][] = sides.map(() => []);
  for (let asked = 0; asked < requests; asked += TURN) {
    for (const [index, { backend, path }] of sides.entries()) {
      const turn = await timesOf(backend, Array(TURN).fill(path));
      ms[index].push(...turn.ms);
    }
  }
  return ms;
}

async function warmUp(
  backend: BackendProcess,
  paths: readonly string[],
): Promise<void> {
  for (let index = 0; index < WARM_UP; index++) {
    await ask(backend, paths[index % paths.length]);
  }
}

async function timesOf(
  backend: BackendProcess,
  paths: readonly string[],
): Promise<Latencies> {
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
