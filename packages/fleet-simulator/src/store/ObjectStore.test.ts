import { pod } from '../builders/pod';
import { BUILT_IN_RESOURCES } from '../resources/builtInResources';
import { ResourceRegistry } from '../resources/ResourceRegistry';
import { ObjectStore } from './ObjectStore';

const PODS = { group: '', resource: 'pods' };

function newStore(historyLimit?: number) {
  return new ObjectStore({
    registry: new ResourceRegistry(BUILT_IN_RESOURCES),
    now: () => Date.UTC(2026, 0, 1),
    seed: 'test',
    historyLimit,
  });
}

const names = (store: ObjectStore, revision?: number, from?: string) =>
  [...store.scan({ resource: PODS, revision, from })].map(({ key }) => key);

describe('ObjectStore', () => {
  it('reads any kept revision as it was', () => {
    const store = newStore();
    store.apply(pod({ namespace: 'a', name: 'one' }));
    store.apply(pod({ namespace: 'a', name: 'two' }));
    const before = store.revision;
    store.delete(PODS, 'a/one');
    store.apply(pod({ namespace: 'a', name: 'three' }));
    store.apply(pod({ namespace: 'a', name: 'two', labels: { v: '2' } }));

    expect(names(store)).toEqual(['a/three', 'a/two']);
    expect(names(store, before)).toEqual(['a/one', 'a/two']);
    const [, two] = [...store.scan({ resource: PODS, revision: before })];
    expect(two.object.metadata.labels).toBeUndefined();
  });

  it('orders keys by bytes, so that a namespace sorts before its longer neighbour only after the slash', () => {
    const store = newStore();
    for (const namespace of ['team', 'team-a', 'team.b']) {
      store.apply(pod({ namespace, name: 'p' }));
    }
    expect(names(store)).toEqual(['team-a/p', 'team.b/p', 'team/p']);
  });

  it('starts scans at a key and stays within a namespace', () => {
    const store = newStore();
    for (const key of ['a/1', 'a/2', 'a/3', 'b/1']) {
      const [namespace, name] = key.split('/');
      store.apply(pod({ namespace, name }));
    }
    expect(names(store, undefined, 'a/2\0')).toEqual(['a/3', 'b/1']);
    expect(store.count({ resource: PODS, namespace: 'a', from: 'a/2' })).toBe(
      2,
    );
  });

  it('forgets tombstones and old versions once compacted', () => {
    const store = newStore();
    store.apply(pod({ namespace: 'a', name: 'one' }));
    store.delete(PODS, 'a/one');
    store.compact();
    expect(store.compactedRevision).toBe(store.revision);
    expect(store.changesSince(0)).toEqual([]);
    expect(names(store, store.revision)).toEqual([]);
  });

  it('compacts by itself when the history is full', () => {
    const store = newStore(10);
    for (let index = 0; index < 30; index++) {
      store.apply(pod({ namespace: 'a', name: 'same', restarts: index }));
    }
    expect(store.changesSince(0).length).toBeLessThanOrEqual(10);
    expect(store.compactedRevision).toBeGreaterThan(15);
    expect(names(store)).toEqual(['a/same']);
  });

  it('keeps uid and creation over updates and gives a new uid after a deletion', () => {
    const store = newStore();
    const first = store.apply(pod({ namespace: 'a', name: 'one' }));
    const second = store.apply(
      pod({ namespace: 'a', name: 'one', restarts: 1 }),
    );
    expect(second.metadata.uid).toBe(first.metadata.uid);
    expect(Number(second.metadata.resourceVersion)).toBe(
      Number(first.metadata.resourceVersion) + 1,
    );
    store.delete(PODS, 'a/one');
    const third = store.apply(pod({ namespace: 'a', name: 'one' }));
    expect(third.metadata.uid).not.toBe(first.metadata.uid);
  });

  it('gives the same uids for the same seed', () => {
    const uid = () =>
      newStore().apply(pod({ namespace: 'a', name: 'one' })).metadata.uid;
    expect(uid()).toBe(uid());
    expect(uid()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('says which field of a seeded object is missing', () => {
    expect(() =>
      newStore().apply({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'x' },
      }),
    ).toThrow(/metadata\.namespace of Pod "x" is missing/);
    expect(() =>
      newStore().apply({
        apiVersion: 'x/v1',
        kind: 'Y',
        metadata: { name: 'x' },
      }),
    ).toThrow(/extraResources/);
  });
});
