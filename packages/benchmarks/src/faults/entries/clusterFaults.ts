import { spread, type Fault } from '../Fault';
import { readNow } from '../stage/databaseClock';
import { allShown, countRuns, problem, unreachable } from './observe';

type Injected = Record<string, unknown> & { kind: string };

/**
 * A fault of the simulator in a part of the clusters, until it is switched off.
 *
 * @param options.inject - the faults that the struck clusters have by turns
 */
function inClusters(
  options: Pick<Fault, 'name' | 'does'> & {
    fraction: number;
    inject: Injected[];
    shows: Parameters<typeof allShown>[2];
  },
): Fault {
  const { name, does, fraction, inject, shows } = options;
  return {
    name,
    stage: 'many-clusters',
    does,
    struck: clusters => spread(clusters, fraction),
    async strike(world, struck) {
      const { control } = world.simulator;
      const ids: string[] = [];
      for (const [index, fault] of inject.entries()) {
        const some = struck.filter((_, at) => at % inject.length === index);
        if (some.length > 0) ids.push(await control.injectFault(some, fault));
      }
      return {
        seen: () => allShown(world, struck, shows),
        async heal() {
          for (const id of ids) await control.clearFaults(id);
        },
      };
    },
  };
}

/**
 * A fault that strikes a part of the requests of all clusters. Each of them
 * must be got over within the cadence, so nobody may notice.
 */
function inRequests(
  options: Pick<Fault, 'name' | 'does'> & {
    inject: Injected;
    /** Of the ledger: the runs that show it, and how to say it. */
    where: string;
    saying: string;
  },
): Fault {
  const { name, does, inject, where, saying } = options;
  return {
    name,
    stage: 'many-clusters',
    does,
    struck: () => [],
    async strike(world) {
      const { control } = world.simulator;
      const since = await readNow(world.knex);
      const id = await control.injectFault([...world.clusters], inject);
      return {
        async seen() {
          const count = await countRuns(world, { since, where });
          return count > 0 ? `${count} runs ${saying}` : undefined;
        },
        heal: () => control.clearFaults(id),
      };
    },
  };
}

/** What clusters do that are down, slow, overloaded or refuse. */
export const clusterFaults: readonly Fault[] = [
  inClusters({
    name: 'dead-cluster',
    does: 'one cluster in fifty refuses every connection',
    fraction: 1 / 50,
    inject: [{ kind: 'refuse-connections' }],
    shows: unreachable,
  }),
  inClusters({
    name: 'black-holes',
    does: '10 % of the clusters accept and never answer: half of them not even the handshake',
    fraction: 0.1,
    inject: [{ kind: 'black-hole-connections' }, { kind: 'black-hole' }],
    shows: unreachable,
  }),
  inRequests({
    name: 'throttled',
    does: '5 % of all requests are answered with 429 and Retry-After: 1',
    inject: { kind: 'throttle', retryAfterSeconds: 1, probability: 0.05 },
    where: `outcome = 'success' and pages > 0 and requests > pages`,
    saying: 'asked again after a 429 and were complete',
  }),
  inRequests({
    name: 'cut-bodies',
    does: '1 % of all bodies are cut after 300 bytes',
    inject: { kind: 'truncate', afterBytes: 300, probability: 0.01 },
    where: `code = 'truncated'`,
    saying: 'ended with "truncated" and kept what was stored',
  }),
  inClusters({
    name: 'expired-token',
    does: '10 % of the clusters answer 401, as after the hour of a token, until it is renewed',
    fraction: 0.1,
    inject: [{ kind: 'unauthorized' }],
    shows: problem('unauthorized'),
  }),
  inClusters({
    name: 'slow-drip',
    does: '10 % of the clusters send one byte a second',
    fraction: 0.1,
    inject: [{ kind: 'drip', bytesPerSecond: 1 }],
    shows: unreachable,
  }),
];
