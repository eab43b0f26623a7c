import type { Effect } from './judge';
import type { Assessment } from './state/assess';

/** What a fault did, and what it showed. */
export interface FaultResult {
  name: string;
  did: string;
  saw: string[];
  assessment: Assessment;
  /** From the end of the fault until everything had been collected again. */
  recoverySeconds: number | null;
  /** What readers got; absent when it did not come to that. */
  effect?: Effect;
  /** Why it failed; empty when it passed. */
  failures: string[];
}
