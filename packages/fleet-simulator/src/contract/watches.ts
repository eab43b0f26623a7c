import { setTimeout as delay } from 'node:timers/promises';
import {
  CONFIG_MAPS,
  createConfigMaps,
  type ContractSession,
} from './ContractTarget';

interface WatchEvent {
  type: string;
  object: any;
}

/** Watches, which end by their own `timeoutSeconds`. */
export function watchContract(session: () => ContractSession): void {
  const watch = async (query: string): Promise<WatchEvent[]> => {
    const { status, headers, text } = await session().admin.get(
      `${CONFIG_MAPS}?watch=true&${query}`,
    );
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  };
  const revision = async () => {
    const { body } = await session().admin.get(`${CONFIG_MAPS}?limit=1`);
    return body.metadata.resourceVersion as string;
  };
  const told = (events: WatchEvent[]) =>
    events.map(({ type, object }) => `${type} ${object.metadata.name}`);
  const changeForAWhile = async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await createConfigMaps(session(), 'bookmark', [name]);
      await delay(300);
    }
  };
  const remove = (name: string) =>
    session().admin.send({ method: 'DELETE', path: `${CONFIG_MAPS}/${name}` });

  it('tell what happened since a revision, in order', async () => {
    const since = await revision();
    await createConfigMaps(session(), 'since', ['a', 'b']);
    await remove('since-a');
    const events = await watch(
      `resourceVersion=${since}&timeoutSeconds=1&labelSelector=test%3Dsince`,
    );
    expect(told(events)).toEqual([
      'ADDED since-a',
      'ADDED since-b',
      'DELETED since-a',
    ]);
    expect(events[0].object).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
    });
    // A deletion carries the revision of the deletion.
    const versions = events.map(e => Number(e.object.metadata.resourceVersion));
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('tell an object that leaves the selection as deleted', async () => {
    await createConfigMaps(session(), 'leaving', ['a']);
    const since = await revision();
    await session().admin.send({
      method: 'PATCH',
      path: `${CONFIG_MAPS}/leaving-a`,
      body: { metadata: { labels: { test: 'left' } } },
      contentType: 'application/merge-patch+json',
    });
    const events = await watch(
      `resourceVersion=${since}&timeoutSeconds=1&labelSelector=test%3Dleaving`,
    );
    expect(told(events)).toEqual(['DELETED leaving-a']);
  });

  it('begin with what is there when no revision is given', async () => {
    await createConfigMaps(session(), 'initial', ['a', 'b']);
    const events = await watch('timeoutSeconds=1&labelSelector=test%3Dinitial');
    expect(told(events).sort()).toEqual(['ADDED initial-a', 'ADDED initial-b']);
  });

  it('mark the end of initial events with an annotated bookmark', async () => {
    await createConfigMaps(session(), 'marked', ['a']);
    const events = await watch(
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1&labelSelector=test%3Dmarked',
    );
    expect(told(events.slice(0, 1))).toEqual(['ADDED marked-a']);
    expect(events[1]).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
      },
    });
    expect(Number(events[1].object.metadata.resourceVersion)).toBeGreaterThan(
      0,
    );
  });

  it('refuse initial events without resourceVersionMatch', async () => {
    const { status, body } = await session().admin.get(
      `${CONFIG_MAPS}?watch=true&sendInitialEvents=true`,
    );
    expect(status).toBe(422);
    expect(body.details.causes[0].message).toMatch(
      /sendInitialEvents requires setting resourceVersionMatch to NotOlderThan/,
    );
  });

  it('end on their timeout, with a bookmark just before', async () => {
    const since = await revision();
    const started = Date.now();
    const [events] = await Promise.all([
      watch(
        `resourceVersion=${since}&allowWatchBookmarks=true&timeoutSeconds=5&labelSelector=test%3Dbookmark`,
      ),
      // Real servers only mark for watches that saw something happen.
      changeForAWhile(),
    ]);
    expect(Date.now() - started).toBeGreaterThan(4_000);
    expect(events[0].type).toBe('ADDED');
    const [last] = events.slice(-1);
    expect(last.type).toBe('BOOKMARK');
    expect(Number(last.object.metadata.resourceVersion)).toBeGreaterThanOrEqual(
      Number(events[0].object.metadata.resourceVersion),
    );
  }, 15_000);

  it('can be had as metadata', async () => {
    await createConfigMaps(session(), 'partial', ['a']);
    const { text } = await session().admin.get(
      `${CONFIG_MAPS}?watch=true&timeoutSeconds=1&labelSelector=test%3Dpartial`,
      {
        accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
      },
    );
    const event = JSON.parse(text.split('\n')[0]);
    expect(event.object.kind).toBe('PartialObjectMetadata');
    expect(event.object).not.toHaveProperty('data');
  });
}
