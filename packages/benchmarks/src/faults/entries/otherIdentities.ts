import { spread, type Fault } from '../Fault';
import { compareObjects } from '../state/compareObjects';
import { NO_OBJECTS } from '../state/ObjectState';
import { readObjects } from '../state/readStored';
import { allShown } from './observe';

/** A namespace is deleted and made again under its name, with what is in it. */
export const recreatedNamespace: Fault = {
  name: 'recreated-namespace',
  stage: 'many-clusters',
  does: 'a namespace of every second cluster is deleted and made anew, with new UIDs of all that is in it',
  struck: () => [],
  movesFleet: true,
  async strike(world) {
    const { control } = world.simulator;
    const some = spread(world.clusters, 0.5);
    await world.change(async () => {
      for (const name of some) await control.act(name, 'recreate-namespace');
    });
    const { before, now } = world.truths;
    const replaced = some.reduce((sum, name) => {
      const old = before.get(name)?.objects.get('deployments') ?? NO_OBJECTS;
      const left = now.get(name)?.objects.get('deployments') ?? NO_OBJECTS;
      return sum + [...old.keys()].filter(key => !left.has(key)).length;
    }, 0);
    return {
      seen: async () =>
        replaced > 0
          ? `${replaced} Deployments of ${some.length} namespaces have other UIDs`
          : undefined,
      heal: async () => {},
    };
  },
};

/** Another cluster answers under the name and the address of one that was. */
export const rebuiltCluster: Fault = {
  name: 'rebuilt-cluster',
  stage: 'many-clusters',
  does: 'one cluster in fifty is rebuilt under its name and address: another kube-system, other UIDs',
  struck: clusters => spread(clusters, 1 / 50),
  movesFleet: true,
  async strike(world, struck) {
    const { control } = world.simulator;
    const former: Array<{ id: number; name: string }> = await world
      .knex('clusters')
      .where({ active: true })
      .whereIn('name', [...struck])
      .select('id', 'name');
    await world.change(async () => {
      for (const name of struck) await control.act(name, 'rebuild');
    });
    const { before } = world.truths;
    return {
      seen: () =>
        allShown(world, struck, ({ identity, state }) =>
          identity.previous.length > 0 && state === 'fresh'
            ? 'goes on as another cluster, with the former one on record'
            : undefined,
        ),
      heal: async () => {},
      async recovered() {
        let kept = 0;
        for (const { id, name } of former) {
          const stored = await readObjects(world.knex, id);
          for (const [collector, then] of before.get(name)?.objects ?? []) {
            const { compared, lost, resurrected, wrong } = compareObjects({
              stored: stored.get(collector) ?? NO_OBJECTS,
              before: then,
              now: then,
              sight: 'all',
            });
            const different = [...lost, ...resurrected, ...wrong];
            if (different.length > 0) {
              throw new Error(
                `The former ${name} is not kept as it was: ${collector} ${different[0]}`,
              );
            }
            kept += compared;
          }
        }
        return `${kept} objects of the former cluster kept apart, as they were`;
      },
    };
  },
};
