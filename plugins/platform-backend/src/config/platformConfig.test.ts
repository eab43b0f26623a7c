import { ConfigReader } from '@backstage/config';
import { readPlatformConfig } from './platformConfig';

const collectors = ['nodes', 'pods', 'deployments'];

const read = (platform?: object) =>
  readPlatformConfig(
    new ConfigReader(platform ? { platform: platform as any } : {}),
    collectors,
  );

const problemsOf = (platform: object): string[] => {
  try {
    read(platform);
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map(line => line.replace(/^- /, ''));
  }
  throw new Error('was accepted');
};

describe('readPlatformConfig', () => {
  it('needs nothing: every key has a default', () => {
    expect(read()).toMatchObject({
      collect: {
        slotsPerReplica: 8,
        missingClusterGrace: 86_400_000,
        cadence: {},
        disabled: [],
      },
      retention: { runs: 604_800_000 },
      fleet: { clusters: [] },
    });
  });

  it('reads durations in all forms of Backstage, as milliseconds', () => {
    const { collect } = read({
      collect: {
        connectTimeout: '2s',
        requestTimeout: 'PT1M',
        cadence: { pods: { minutes: 10 } },
      },
    });
    expect(collect).toMatchObject({
      connectTimeout: 2_000,
      requestTimeout: 60_000,
      cadence: { pods: 600_000 },
    });
  });

  it('names an unknown key with its path, the likely one and the known ones', () => {
    expect(problemsOf({ collect: { slotPerReplica: 4 } })).toEqual([
      'platform.collect.slotPerReplica: there is no such key (did you mean "slotsPerReplica"?); the keys here are access, slotsPerReplica, requestsPerCluster, clusterListInterval, missingClusterGrace, jobBudget, lease, maxObjectsPerList, connectTimeout, requestTimeout, cadence, disabled',
    ]);
  });

  it('refuses all bad keys at once', () => {
    expect(
      problemsOf({
        colect: {},
        collect: {
          access: 'tunnel',
          slotsPerReplica: 0,
          jobBudget: 'soon',
          cadence: { pod: '5m' },
          disabled: ['nods'],
        },
        fleet: { clusters: [{ environment: 'prod' }, { name: 'a', tier: 1 }] },
      }),
    ).toEqual([
      'platform.collect.access: expected one of auto, direct, proxy, got "tunnel"',
      'platform.collect.slotsPerReplica: expected a whole number from 1 to 64, got 0',
      'platform.collect.jobBudget: expected a duration such as "5m", "PT5M" or { minutes: 5 }, got "soon"',
      'platform.fleet.clusters[0].name: expected a string, got nothing',
      'platform.fleet.clusters[1].tier: there is no such key; the keys here are name, environment, ring, provider, region, owner, maintenanceWindow',
      'platform.colect: there is no such key (did you mean "collect"?); the keys here are collect, catalog, retention, fleet',
      'platform.collect.cadence.pod: there is no collector "pod" (did you mean "pods"?); the collectors are deployments, nodes, pods',
      'platform.collect.disabled[0]: there is no collector "nods" (did you mean "nodes"?); the collectors are deployments, nodes, pods',
    ]);
  });

  it('refuses a section of the wrong kind', () => {
    expect(problemsOf({ collect: [] as any })).toEqual([
      'platform.collect: expected an object, got []',
    ]);
  });

  it('refuses a cluster that is named twice', () => {
    expect(
      problemsOf({ fleet: { clusters: [{ name: 'a' }, { name: 'a' }] } }),
    ).toEqual([
      'platform.fleet.clusters[1].name: expected a cluster that is not named above, got "a"',
    ]);
  });

  it.each([['-5m'], [0], [{ minutes: 0 }], [{}]])(
    'refuses %j as a duration',
    value => {
      const problems = problemsOf({ collect: { jobBudget: value } });
      expect(problems[0]).toContain(
        'platform.collect.jobBudget: expected a duration',
      );
    },
  );
});
