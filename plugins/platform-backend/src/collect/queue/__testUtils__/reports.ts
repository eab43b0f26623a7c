import type { RunProblem, RunReport } from '../RunJob';

/** The report of a run that named `objects` objects. */
export function success(objects = 1): RunReport {
  return {
    outcome: 'success',
    pages: 1,
    requests: 2,
    bytes: 300,
    applied: {
      objects,
      upserted: objects,
      inserted: objects,
      deleted: 0,
      unchanged: 0,
      duplicates: 0,
    },
    resourceVersion: '7',
  };
}

/** The report of a run that a problem ended. */
export function failure(
  code: string,
  problem: Partial<RunProblem> = {},
): RunReport {
  return {
    ...success(0),
    outcome: 'error',
    resourceVersion: null,
    problem: { code, message: `it was ${code}`, ...problem },
  };
}
