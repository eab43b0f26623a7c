import type { ObjectChange, ScannedObject } from '../store/ObjectSource';
import { ObjectStore } from '../store/ObjectStore';
import { BUILT_IN_RESOURCES } from '../resources/builtInResources';
import { ResourceRegistry } from '../resources/ResourceRegistry';
import { GeneratedObjects } from './GeneratedObjects';
import { planFleet } from './planFleet';
import { ScaleSource } from './ScaleSource';
import { factsOf } from './truth';

const BIRTH = Date.UTC(2026, 10, 21, 8);
const PLAN = planFleet({
  clusters: 3,
  workloads: 600,
  pods: 1_800,
  seed: 1,
})[1];
const PODS = { group: '', resource: 'pods' };
const DEPLOYMENTS = { group: 'apps', resource: 'deployments' };

function newSource() {
  const clock = { now: BIRTH };
  const now = () => clock.now;
  const registry = new ResourceRegistry(BUILT_IN_RESOURCES);
  const store = new ObjectStore({ registry, now, seed: 'test' });
  const source = new ScaleSource({ plan: PLAN, store, bornAt: BIRTH, now });
  return { source, store, clock };
}

/** Every generated object at a revision, by resource and key, as text. */
function textsOf(source: ScaleSource, revision = source.revision) {
  return new Map(
    everything(source, revision).map(([resource, { key, json }]) => [
      `${resource} ${key}`,
      json!,
    ]),
  );
}

function everything(
  source: ScaleSource,
  revision?: number,
): [string, ScannedObject][] {
  return GeneratedObjects.resources.flatMap(resource =>
    Array.from(
      source.scan({ resource, revision }),
      (object): [string, ScannedObject] => [resource.resource, object],
    ),
  );
}

describe('what is generated', () => {
  const { source } = newSource();
  const all = everything(source);
  const of = (resource: string) =>
    all.filter(([name]) => name === resource).map(([, object]) => object);

  it('has the sizes of the plan', () => {
    const workloads = ['deployments', 'statefulsets', 'daemonsets', 'cronjobs'];
    expect(workloads.flatMap(of)).toHaveLength(PLAN.workloads);
    expect(of('pods')).toHaveLength(PLAN.pods);
    expect(of('nodes')).toHaveLength(PLAN.nodes);
    expect(of('namespaces')).toHaveLength(PLAN.namespaces);
    for (const kind of workloads) expect(of(kind).length).toBeGreaterThan(0);
  });

  it('comes in the order of keys, and no uid or revision twice', () => {
    for (const resource of GeneratedObjects.resources) {
      const keys = of(resource.resource).map(({ key }) => key);
      expect(keys).toEqual([...keys].sort());
    }
    const metas = all.map(([, { object }]) => object.metadata);
    const distinct = (values: unknown[]) => new Set(values).size;
    expect(distinct(metas.map(({ uid }) => uid))).toBe(all.length);
    expect(distinct(metas.map(meta => meta.resourceVersion))).toBe(all.length);
  });

  it('is as large as real objects, managedFields being a good third', () => {
    const average = (texts: string[]) =>
      texts.reduce((bytes, text) => bytes + text.length, 0) / texts.length;
    const managed = ({ object }: ScannedObject) =>
      JSON.stringify(object.metadata.managedFields);
    for (const [resource, bytes] of [
      ['deployments', 4_600],
      ['pods', 9_200],
    ] as const) {
      const size = average(of(resource).map(({ json }) => json!));
      expect(Math.abs(size / bytes - 1)).toBeLessThan(0.05);
      const share = average(of(resource).map(managed)) / size;
      expect(share).toBeGreaterThan(0.35);
      expect(share).toBeLessThan(0.5);
    }
  });

  it('leaves no slot of a template open', () => {
    for (const [, { json }] of all) expect(json).not.toMatch(/[«»]|undefined/);
  });

  it('shows selectors the labels of the object', () => {
    for (const [, { metadata, object, key }] of all) {
      const { name, namespace, labels } = object.metadata;
      expect({ ...metadata }).toEqual({ name, namespace, labels });
      expect(key).toBe(namespace ? `${namespace}/${name}` : name);
    }
  });

  it('has pods that belong to what is listed, up to a workload', () => {
    const byUid = new Map(
      all.map(([, { object }]) => [object.metadata.uid, object]),
    );
    const ownersOf = (kinds: string[]) =>
      all
        .filter(([, { object }]) => kinds.includes(object.kind))
        .map(([, { object }]) => object.metadata.ownerReferences![0]);
    const references = ownersOf(['Pod', 'ReplicaSet']);
    expect(references.length).toBeGreaterThan(PLAN.pods);
    expect(
      references.map(({ uid }) => {
        const owner = byUid.get(uid);
        return { kind: owner?.kind, name: owner?.metadata.name };
      }),
    ).toEqual(references.map(({ kind, name }) => ({ kind, name })));
  });

  it('labels most workloads with a service, the first with service-0001', () => {
    const label = 'backstage.io/kubernetes-id';
    const services = of('deployments').map(
      ({ metadata }) => metadata.labels?.[label],
    );
    const labelled = services.filter(Boolean).length / services.length;
    expect(labelled).toBeGreaterThan(0.9);
    expect(labelled).toBeLessThan(1);
    expect(services[0]).toBe('service-0001');
  });

  it('counts what is left of a list from every key', () => {
    const pods = of('pods');
    for (const index of [0, 1, 77, pods.length - 1]) {
      const from = pods[index].key;
      expect(source.count({ resource: PODS, from })).toBe(pods.length - index);
      const [first] = source.scan({ resource: PODS, from });
      expect(first.key).toBe(from);
    }
    const scope = { resource: PODS, namespace: 'ns-0003' };
    const inside = pods.filter(({ key }) => key.startsWith('ns-0003/'));
    expect([...source.scan(scope)].map(({ key }) => key)).toEqual(
      inside.map(({ key }) => key),
    );
    expect(source.count(scope)).toBe(inside.length);
    expect(source.count({ ...scope, namespace: 'elsewhere' })).toBe(0);
  });

  it('is the same for the same seed', () => {
    expect(textsOf(newSource().source)).toEqual(textsOf(source));
  });
});

describe('a change', () => {
  it('makes a part of the objects differ, and leaves the snapshot before as it was', () => {
    const { source, clock } = newSource();
    const revision = source.revision;
    const before = textsOf(source);
    clock.now += 3_600_000;
    const changed = source.change({ fraction: 0.2 });
    const after = textsOf(source);

    expect(textsOf(source, revision)).toEqual(before);
    const kept = [...before].filter(([key, text]) => after.get(key) === text);
    const differing = 1 - kept.length / before.size;
    expect(differing).toBeGreaterThan(0.1);
    expect(differing).toBeLessThan(0.35);
    expect(changed).toBeGreaterThan(0.1 * (PLAN.workloads + PLAN.pods));
    for (const [key, text] of after) {
      if (before.get(key) === text) continue;
      const { resourceVersion } = JSON.parse(text).metadata;
      expect(Number(resourceVersion)).toBeGreaterThan(revision);
      expect(Number(resourceVersion)).toBeLessThanOrEqual(source.revision);
    }
  });

  it('changes images, replicas and restarts', () => {
    const { source } = newSource();
    const factsBefore = new Map(
      [...source.truth()].map(({ uid, fields }) => [uid, fields as any]),
    );
    source.change({ fraction: 0.3 });
    const changes = { images: 0, replicas: 0, restarts: 0 };
    for (const { uid, fields } of source.truth()) {
      const past = factsBefore.get(uid);
      if (!past) continue;
      for (const field of ['images', 'replicas', 'restarts'] as const) {
        if (`${past[field]}` !== `${fields[field]}`) changes[field] += 1;
      }
    }
    expect(changes.images).toBeGreaterThan(0);
    expect(changes.replicas).toBeGreaterThan(0);
    expect(changes.restarts).toBeGreaterThan(0);
  });

  it('creates and deletes workloads with churn', () => {
    const { source } = newSource();
    const namesOf = () =>
      new Set([...source.scan({ resource: DEPLOYMENTS })].map(o => o.key));
    const before = namesOf();
    source.change({ fraction: 0, churn: 0.1 });
    const after = namesOf();
    const gone = [...before].filter(key => !after.has(key)).length;
    const come = [...after].filter(key => !before.has(key)).length;
    expect(gone).toBeGreaterThan(0);
    expect(come).toBeGreaterThanOrEqual(Math.floor(PLAN.workloads * 0.1));
    source.change({ fraction: 1 });
    expect(namesOf()).toEqual(after);
  });

  it('is told to watches as what differs, in the order of revisions', () => {
    const { source } = newSource();
    const revision = source.revision;
    const before = textsOf(source);
    const told: ObjectChange[] = [];
    const leave = source.subscribe(change => told.push(change));
    source.change({ fraction: 0.2, churn: 0.05 });
    leave();
    source.recreateNamespace('ns-0002');

    const replayed = new Map(before);
    const changes = source.changesSince(revision);
    for (const { type, resource, object } of changes) {
      const { name, namespace } = object.metadata;
      const key = namespace ? `${namespace}/${name}` : name;
      const { kind: _kind, apiVersion: _version, ...item } = object;
      const id = `${resource.resource} ${key}`;
      if (type === 'DELETED') replayed.delete(id);
      else replayed.set(id, JSON.stringify(item));
    }
    expect(new Map([...replayed].sort())).toEqual(
      new Map([...textsOf(source)].sort()),
    );
    const revisions = changes.map(change => change.revision);
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    expect(told.length).toBeGreaterThan(0);
    expect(changes.length).toBeGreaterThan(told.length);
  });
});

describe('a namespace that is made anew', () => {
  it('has new uids for itself and all that is in it, and nothing else has', () => {
    const { source } = newSource();
    const uidsOf = () =>
      new Map(
        [...source.truth()].map(
          ({ resource, namespace, name, uid }) =>
            [`${resource} ${namespace ?? name}/${name}`, uid] as const,
        ),
      );
    const before = uidsOf();
    const { uid } = source.recreateNamespace('ns-0002');
    const after = uidsOf();
    expect(after.get('namespaces ns-0002/ns-0002')).toBe(uid);
    for (const [key, now] of after) {
      const isInside = key.split(' ')[1].startsWith('ns-0002/');
      expect(before.get(key) === now).toBe(!isInside);
    }
  });

  it('must be a generated one', () => {
    const { source } = newSource();
    expect(() => source.recreateNamespace('default')).toThrow(
      /No generated namespace "default" in c-0002; it has ns-0001 to/,
    );
  });
});

describe('the truth', () => {
  it('is what the listed objects say, after changes too', () => {
    const { source, store } = newSource();
    store.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kube-system' },
      status: { phase: 'Active' },
    });
    source.change({ fraction: 0.3, churn: 0.05 });
    source.recreateNamespace('ns-0001');
    const listed = everything(source)
      .filter(([resource]) => resource !== 'replicasets')
      .map(([resource, { object }]) => ({
        resource,
        name: object.metadata.name,
        namespace: object.metadata.namespace ?? null,
        uid: object.metadata.uid,
        resourceVersion: object.metadata.resourceVersion,
        fields: factsOf(object),
      }));
    const told = [...source.truth()].map(({ group: _group, ...rest }) => rest);
    const byUid = (a: { uid?: string }, b: { uid?: string }) =>
      a.uid! < b.uid! ? -1 : 1;
    expect(told.sort(byUid)).toEqual(listed.sort(byUid));
  });
});

describe('objects of clients', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'mine', namespace: 'ns-0002' },
    spec: {},
  };

  it('are listed in their place among generated ones', () => {
    const { source } = newSource();
    source.create(deployment);
    const keys = [...source.scan({ resource: DEPLOYMENTS })].map(o => o.key);
    expect(keys).toContain('ns-0002/mine');
    expect(keys).toEqual([...keys].sort());
    expect(source.count({ resource: DEPLOYMENTS })).toBe(keys.length);
    source.delete(DEPLOYMENTS, 'ns-0002/mine');
    expect(source.get(DEPLOYMENTS, 'ns-0002/mine')).toBeUndefined();
  });

  it('are all that clients can change', () => {
    const { source } = newSource();
    const [{ key, object }] = source.scan({ resource: DEPLOYMENTS });
    expect(() => source.delete(DEPLOYMENTS, key)).toThrow(
      /does not allow this method/,
    );
    expect(() => source.update(object)).toThrow(/does not allow this method/);
  });
});
