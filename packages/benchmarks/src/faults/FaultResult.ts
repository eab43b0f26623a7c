import type { Effect } from './judge';
import type { WindowFigures } from './measure/Window';
import type { Assessment } from './state/assess';

/** What a fault did. */
export interface FaultResult {
  name: string;
  did: string;
  saw: string[];
  assessment: Assessment;
  /** From the end of the fault until everything had been collected again. */
  recoverySeconds: number | null;
  quiet: WindowFigures | null;
  during: WindowFigures | null;
  effect: Effect | null;
  /** Why it failed; empty when it passed. */
  failures: string[];
}
