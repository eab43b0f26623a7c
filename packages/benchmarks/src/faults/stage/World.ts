import type { Knex } from 'knex';
import type { Database } from '../../processes/Database';
import type { BackendProcess } from '../../processes/startBackend';
import type { SimulatorProcess } from '../../processes/startSimulator';
import type { Truths } from '../state/assess';
import { readTruth } from '../state/readTruth';
import { readNow } from './databaseClock';

/** Share of the objects that differ after a change, and that come and go. */
const CHANGE = { fraction: 0.05, churn: 0.02 };

/** A fleet, the replicas that collect it, and what is true of it. */
export class World {
  private current: Truths | undefined;

  constructor(
    private readonly options: {
      simulator: SimulatorProcess;
      database: Database;
      knex: Knex;
      replicas: BackendProcess[];
      /** Starts a replica in the place of one that ended. */
      launch(name: string): Promise<BackendProcess>;
      stop(): Promise<void>;
    },
  ) {}

  get simulator(): SimulatorProcess {
    return this.options.simulator;
  }

  get database(): Database {
    return this.options.database;
  }

  /** The tables of Roadbed, beside the replicas. */
  get knex(): Knex {
    return this.options.knex;
  }

  /** Names of all clusters, in order. */
  get clusters(): string[] {
    return this.options.simulator.clusters;
  }

  /** The replicas that can answer. */
  get replicas(): readonly BackendProcess[] {
    return this.options.replicas;
  }

  /** What is true now, and what was before the last change. */
  get truths(): Truths {
    if (!this.current) throw new Error('The truth has not been read yet');
    return this.current;
  }

  /**
   * Lets every cluster move on, unless `act` is what changes them, and reads
   * what is true then.
   */
  async change(
    act: () => Promise<unknown> = () => this.simulator.control.change(CHANGE),
  ): Promise<void> {
    await act();
    const changedAt = await readNow(this.knex);
    const now = await readTruth(this.simulator.control, this.clusters);
    const before = this.current?.now ?? now;
    this.current = { before, now, changedAt };
  }

  /** Leaves out a replica that cannot answer. */
  without(replica: BackendProcess): void {
    const { replicas } = this.options;
    replicas.splice(replicas.indexOf(replica), 1);
  }

  /** Counts on a replica again. */
  with(replica: BackendProcess): void {
    this.options.replicas.push(replica);
  }

  /** Starts a replica in the place of one that ended. */
  async replace(replica: BackendProcess): Promise<void> {
    this.with(await this.options.launch(replica.name));
  }

  async stop(): Promise<void> {
    await this.options.stop();
  }
}
