/** A map to lists; a key without values is no key. */
export class MultiMap<K, V> {
  readonly #lists = new Map<K, V[]>();

  add(key: K, value: V): void {
    const list = this.#lists.get(key);
    if (list) list.push(value);
    else this.#lists.set(key, [value]);
  }

  remove(key: K, isIt: (value: V) => boolean): void {
    const rest = this.get(key).filter(value => !isIt(value));
    if (rest.length > 0) this.#lists.set(key, rest);
    else this.#lists.delete(key);
  }

  get(key: K): readonly V[] {
    return this.#lists.get(key) ?? [];
  }

  keys(): IterableIterator<K> {
    return this.#lists.keys();
  }
}
