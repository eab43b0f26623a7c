import type { Fault } from './Fault';
import type { FaultResult } from './FaultResult';
import { FaultRun, type FaultOutcome } from './FaultRun';
import { judgeEffect, judgeState, type Effect } from './judge';
import { quietWindow, type WindowFigures } from './measure/Window';
import { startStage } from './stage/startStage';
import type { StageSpec } from './stage/stages';
import type { World } from './stage/World';

/**
 * Runs the faults of one stage, each on what the one before has left, with a
 * while without any fault before and after each.
 *
 * @returns the results as they come; a stage that cannot be set fails them all
 */
export async function* runStage(
  spec: StageSpec,
  faults: readonly Fault[],
  say: (text: string) => void,
): AsyncGenerator<FaultResult> {
  let world: World;
  try {
    world = await startStage(spec, say);
  } catch (error) {
    yield* faults.map(fault => notRun(fault, error as Error));
    return;
  }
  try {
    let before = await quiet(world, say);
    for (const fault of faults) {
      const outcome = await new FaultRun(fault, world, text =>
        say(`${fault.name}: ${text}`),
      ).run();
      const after = await quiet(world, say);
      yield resultOf(fault, outcome, [before, after]);
      before = after;
    }
  } finally {
    await world.stop();
  }
}

/** @returns the error when the fleet could not be watched */
async function quiet(
  world: World,
  say: (text: string) => void,
): Promise<WindowFigures | Error> {
  say('nothing is wrong');
  try {
    return await quietWindow(world);
  } catch (error) {
    return error as Error;
  }
}

function resultOf(
  fault: Fault,
  outcome: FaultOutcome,
  [before, after]: readonly [WindowFigures | Error, WindowFigures | Error],
): FaultResult {
  const { during, failures, ...rest } = outcome;
  const unwatched = [before, after].flatMap(figures =>
    figures instanceof Error ? [figures.message] : [],
  );
  const effect: Effect | undefined =
    during && !(before instanceof Error) && !(after instanceof Error)
      ? { quiet: [before, after], during }
      : undefined;
  return {
    name: fault.name,
    did: fault.does,
    ...rest,
    effect,
    failures: [
      ...failures,
      ...judgeState(outcome.assessment),
      ...unwatched,
      ...(effect ? judgeEffect(fault, effect) : []),
    ],
  };
}

function notRun({ name, does }: Fault, { message }: Error): FaultResult {
  return {
    name,
    did: does,
    saw: [],
    assessment: { compared: 0, lost: [], resurrected: [], wronglyFresh: [] },
    recoverySeconds: null,
    failures: [`not run: ${message}`],
  };
}
