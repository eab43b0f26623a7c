import { setImmediate as nextTurn } from 'node:timers/promises';
import { InputError, NotFoundError } from '@backstage/errors';
import type { TrafficCounts } from '../http/Traffic';
import type { ScaleCluster } from '../scale/ScaleCluster';
import { FaultRegistry } from './FaultRegistry';
import { toFault, type FaultDescription } from './faultSchema';

/** What can be done to one cluster. */
export const ACTIONS = [
  'swap-certificate',
  'restore-certificate',
  'rebuild',
  'recreate-namespace',
  'compact',
  'rotate-token',
] as const;

/** One of {@link ACTIONS}. */
export type Action = (typeof ACTIONS)[number];

/** What the process used and its clusters were asked. */
export interface Stats {
  rssBytes: number;
  /** Since the last reset, as everything else but memory. */
  cpuUserMicros: number;
  cpuSystemMicros: number;
  clusters: Record<string, TrafficCounts>;
}

/** What can be done to a generated fleet while it runs. */
export class Controls {
  private readonly byName: ReadonlyMap<string, ScaleCluster>;
  private readonly faults = new FaultRegistry();
  private cpuBefore = process.cpuUsage();

  constructor(
    private readonly clusters: readonly ScaleCluster[],
    /** Writes the configuration for the portal anew, after a token changed. */
    private readonly writeConnections: () => void,
  ) {
    this.byName = new Map(clusters.map(one => [one.plan.name, one]));
  }

  stats(): Stats {
    const { user, system } = process.cpuUsage(this.cpuBefore);
    return {
      rssBytes: process.memoryUsage.rss(),
      cpuUserMicros: user,
      cpuSystemMicros: system,
      clusters: Object.fromEntries(
        this.clusters.map(({ plan, traffic }) => [plan.name, traffic.current]),
      ),
    };
  }

  resetStats(): void {
    this.cpuBefore = process.cpuUsage();
    for (const { traffic } of this.clusters) traffic.reset();
  }

  /** A round of change; requests are answered between clusters. */
  async change(options: {
    fraction: number;
    churn?: number;
    clusters?: readonly string[];
  }): Promise<{ changed: number }> {
    const { fraction, churn } = options;
    let changed = 0;
    for (const { source } of this.select(options.clusters)) {
      changed += source.change({ fraction, churn });
      await nextTurn();
    }
    return { changed };
  }

  /** Every object that a cluster would list now, as an inventory should have it. */
  truth(name: string): Iterable<object> {
    return this.cluster(name).source.truth();
  }

  async injectFault(options: {
    clusters?: readonly string[];
    fault: FaultDescription;
  }): Promise<{ id: string }> {
    const plans = this.select(options.clusters).map(
      ({ server }) => server.faults,
    );
    return { id: await this.faults.inject(toFault(options.fault), plans) };
  }

  /** One fault, or all that were injected here. */
  async heal(id?: string): Promise<void> {
    await (id === undefined ? this.faults.healAll() : this.faults.heal(id));
  }

  setClock(options: { skewMs: number; clusters?: readonly string[] }): void {
    for (const cluster of this.select(options.clusters)) {
      cluster.setClock(options.skewMs);
    }
  }

  /** @throws NotFoundError for a cluster that there is not */
  act(
    name: string,
    action: Action,
    options: { namespace?: string } = {},
  ): Record<string, string> {
    const { server, source } = this.cluster(name);
    if (options.namespace !== undefined && action !== 'recreate-namespace') {
      throw new InputError(`"namespace" has no meaning for ${action}`);
    }
    switch (action) {
      case 'swap-certificate':
        server.swapCertificate();
        return {};
      case 'restore-certificate':
        server.restoreCertificate();
        return {};
      case 'rebuild':
        server.rebuild();
        return { uid: server.uid };
      case 'recreate-namespace':
        return source.recreateNamespace(options.namespace ?? 'ns-0001');
      case 'compact':
        source.compact();
        return {};
      default: {
        const token = server.rotateToken();
        this.writeConnections();
        return { token };
      }
    }
  }

  /** Those of the names, or all. An empty list is all too. */
  private select(names: readonly string[] = []): readonly ScaleCluster[] {
    return names.length ? names.map(name => this.cluster(name)) : this.clusters;
  }

  private cluster(name: string): ScaleCluster {
    const found = this.byName.get(name);
    if (!found) {
      throw new NotFoundError(
        `No cluster "${name}"; there are ${this.clusters[0].plan.name} to ${
          this.clusters.at(-1)!.plan.name
        }`,
      );
    }
    return found;
  }
}
