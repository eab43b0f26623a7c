import type { ClusterReader } from './list/ClusterReader';
import type { ApplyResult, ListWriter, UnchangedList } from './observations';
import type { RunProblem, RunReport } from './queue/RunJob';
import type { RunOutcome } from './store/tables';

/** Counts what one run cost and wrote, over all its attempts. */
export class RunTally {
  pages = 0;
  resourceVersion: string | null = null;
  private unchanged: UnchangedList | undefined;
  private readonly writers: ListWriter[] = [];

  constructor(private readonly reader: ClusterReader) {}

  /** Counts what is written through this writer from now on. */
  follow(writer: ListWriter): void {
    this.writers.push(writer);
  }

  /** The list was complete, which the end of the run is to record. */
  readonly isUnchanged = (list: UnchangedList): void => {
    this.unchanged = list;
  };

  /** Whether any object was told to the store. */
  get wroteAnything(): boolean {
    return this.applied().objects > 0;
  }

  report(outcome: RunOutcome, problem?: RunProblem): RunReport {
    return {
      outcome,
      pages: this.pages,
      requests: this.reader.requests,
      bytes: this.reader.bytes,
      applied: this.applied(),
      resourceVersion: this.resourceVersion,
      ...(problem && { problem }),
      ...(this.unchanged && { unchanged: this.unchanged }),
    };
  }

  /**
   * Writes of every attempt; objects of the last one that named any, as each
   * attempt names the same objects again.
   */
  private applied(): ApplyResult {
    const results = this.writers.map(writer => writer.result());
    const last = results.filter(result => result.objects > 0).at(-1);
    const sum = (field: 'upserted' | 'inserted' | 'deleted') =>
      results.reduce((total, result) => total + result[field], 0);
    return {
      objects: last?.objects ?? 0,
      unchanged: last?.unchanged ?? 0,
      duplicates: last?.duplicates ?? 0,
      upserted: sum('upserted'),
      inserted: sum('inserted'),
      deleted: sum('deleted'),
    };
  }
}
