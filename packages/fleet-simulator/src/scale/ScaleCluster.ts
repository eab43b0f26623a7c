import type { SimulatedUser } from '../api/authorization';
import { Traffic } from '../http/Traffic';
import {
  startSimulatedCluster,
  type SimulatedCluster,
} from '../SimulatedCluster';
import type { CertificateAuthority } from '../tls/CertificateAuthority';
import { mix } from './hashing';
import type { ScalePlan } from './planFleet';
import { ScaleSource } from './ScaleSource';

/** A cluster whose objects are generated, running. */
export class ScaleCluster {
  readonly traffic = new Traffic();
  /** Set once started. */
  private running!: SimulatedCluster;
  private currentSource!: ScaleSource;
  /** How far its clock is ahead of the machine's, milliseconds. */
  private skewMs = 0;

  private constructor(readonly plan: ScalePlan) {}

  /** Starts to listen. */
  static async start(
    plan: ScalePlan,
    options: {
      authority: CertificateAuthority;
      /** 0 for any free one. */
      port: number;
      /** When the fleet was populated, epoch milliseconds. */
      bornAt: number;
      /** Further tokens and who they stand for. */
      users?: Readonly<Record<string, SimulatedUser>>;
    },
  ): Promise<ScaleCluster> {
    const { authority, port, bornAt, users } = options;
    const cluster = new ScaleCluster(plan);
    const now = () => Date.now() + cluster.skewMs;
    cluster.running = await startSimulatedCluster({
      name: plan.name,
      version: plan.version,
      seed: `scale/${plan.seed}`,
      port,
      authority,
      users,
      now,
      traffic: cluster.traffic,
      source: (store, generation) => {
        const seed = generation ? mix(plan.seed, generation) : plan.seed;
        cluster.currentSource = new ScaleSource({
          plan: { ...plan, seed },
          store,
          bornAt: generation ? now() : bornAt,
          now,
        });
        return cluster.currentSource;
      },
    });
    return cluster;
  }

  get server(): SimulatedCluster {
    return this.running;
  }

  /** Its objects; others after a rebuild. */
  get source(): ScaleSource {
    return this.currentSource;
  }

  /** Sets its clock: what it writes as times from now on, and the `Date` of its answers. */
  setClock(skewMs: number): void {
    this.skewMs = skewMs;
  }
}
