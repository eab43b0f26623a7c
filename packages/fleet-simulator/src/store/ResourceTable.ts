import type { KubernetesObject } from '../kubernetes';

interface Version {
  revision: number;
  /** Undefined is a tombstone. */
  object: KubernetesObject | undefined;
}

/** All versions of the objects of one resource, readable at any kept revision. */
export class ResourceTable {
  private readonly versions = new Map<string, Version[]>();
  private sortedKeys: string[] = [];
  private sorted = true;

  /** The newest state of an object, or its state at a revision. */
  get(key: string, revision = Infinity): KubernetesObject | undefined {
    const history = this.versions.get(key);
    if (!history) return undefined;
    for (let index = history.length - 1; index >= 0; index--) {
      if (history[index].revision <= revision) return history[index].object;
    }
    return undefined;
  }

  /** Adds a version; revisions only grow. */
  put(key: string, version: Version): void {
    const history = this.versions.get(key);
    if (history) {
      history.push(version);
      return;
    }
    this.versions.set(key, [version]);
    if (this.sorted && key < (this.sortedKeys.at(-1) ?? '')) {
      this.sorted = false;
    }
    this.sortedKeys.push(key);
  }

  /** Keys from `from` on, as long as they begin with `prefix`, in order. */
  *keys(prefix: string, from: string): Iterable<string> {
    if (!this.sorted) {
      this.sortedKeys.sort();
      this.sorted = true;
    }
    const start = from > prefix ? from : prefix;
    const keys = this.sortedKeys;
    for (let index = lowerBound(keys, start); index < keys.length; index++) {
      if (!keys[index].startsWith(prefix)) return;
      yield keys[index];
    }
  }

  /** Forgets what only snapshots before a revision could see. */
  compact(key: string, revision: number): void {
    const history = this.versions.get(key);
    if (!history) return;
    const newest = history.findLastIndex(v => v.revision <= revision);
    if (newest > 0) history.splice(0, newest);
    if (
      history.length === 1 &&
      history[0].revision <= revision &&
      !history[0].object
    ) {
      this.versions.delete(key);
      this.sortedKeys = this.sortedKeys.filter(other => other !== key);
    }
  }
}

function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
