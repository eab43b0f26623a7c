import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import { LeaseLostError, type Lease } from '../lease';
import type {
  ApplyResult,
  ListWriter,
  ObservationStore,
} from '../observations';

/** Observed rows of one cluster and collector, held in memory for tests. */
export class MemoryObservations implements ObservationStore {
  readonly rows = new Map<string, ObservedObject>();
  /** Of the list that was completed last, `undefined` when none was. */
  completedAt: string | null | undefined;
  /** Set to make every further write fail as if another replica took over. */
  leaseLost = false;

  async beginList(lease: Lease): Promise<ListWriter> {
    const seen = new Map<string, boolean>();
    let deleted = 0;
    let duplicates = 0;
    let inserted = 0;
    const result = (): ApplyResult => {
      const upserted = [...seen.values()].filter(Boolean).length;
      return {
        objects: seen.size,
        upserted,
        inserted,
        deleted,
        unchanged: seen.size - upserted,
        duplicates,
      };
    };
    const fence = () => {
      if (this.leaseLost) {
        throw new LeaseLostError(lease);
      }
    };
    const page = async (objects: ObservedObject[]) => {
      fence();
      for (const object of objects) {
        duplicates += seen.has(object.key) ? 1 : 0;
        inserted += this.rows.has(object.key) ? 0 : 1;
        const before = JSON.stringify(this.rows.get(object.key));
        seen.set(object.key, before !== JSON.stringify(object));
        this.rows.set(object.key, object);
      }
    };
    return {
      result,
      page,
      complete: async ({ objects = [], resourceVersion }) => {
        await page(objects);
        for (const key of [...this.rows.keys()]) {
          if (!seen.has(key)) {
            this.rows.delete(key);
            deleted++;
          }
        }
        this.completedAt = resourceVersion;
        return result();
      },
    };
  }

  /** Names of the rows, sorted. */
  names(): string[] {
    return [...this.rows.values()].map(row => row.name).sort();
  }
}
