import { setTimeout as wait } from 'node:timers/promises';
import { waitFor } from '@roadbed/test-servers';
import type { Fault, Strike } from './Fault';
import type { WindowFigures } from './measure/Window';
import { Window, WINDOW_MS } from './measure/Window';
import { collected } from './stage/collected';
import { readNow } from './stage/databaseClock';
import type { World } from './stage/World';
import { together, type Assessment } from './state/assess';
import { compareWorld } from './state/compareWorld';

const SEEN_MS = 90_000;
/** A circuit breaker that has opened twice waits up to a minute. */
const RECOVERY_MS = 180_000;

/** What the run of a fault came to. */
export interface FaultOutcome {
  saw: string[];
  assessment: Assessment;
  recoverySeconds: number | null;
  /** What readers got; absent when it did not come to that. */
  during?: WindowFigures;
  failures: string[];
}

/**
 * Lets a fault strike, the fleet move and the fault end; compares what is
 * stored with what is true while it goes on and when everything has recovered.
 */
export class FaultRun {
  private readonly saw: string[] = [];
  private readonly failures: string[] = [];
  private readonly assessments: Assessment[] = [];
  private readonly struck: readonly string[];
  private readonly others: readonly string[];
  private during: WindowFigures | undefined;
  private recoverySeconds: number | null = null;

  constructor(
    private readonly fault: Fault,
    private readonly world: World,
    private readonly say: (text: string) => void,
  ) {
    const names = fault.struck(world.clusters);
    this.struck = names === 'all' ? world.clusters : names;
    this.others = world.clusters.filter(name => !this.struck.includes(name));
  }

  /** Never throws for what the fault does: that is part of the outcome. */
  async run(): Promise<FaultOutcome> {
    try {
      const strike = await this.strike();
      await this.after(strike);
    } catch (error) {
      this.failures.push((error as Error).message);
      // The faults that follow begin with a fleet that is well.
      await this.world.simulator.control.clearFaults();
    }
    const { saw, during, recoverySeconds, failures } = this;
    const assessment = together(this.assessments);
    return { saw, assessment, recoverySeconds, during, failures };
  }

  /** The fault begins, the fleet moves, and what is stored is compared. */
  private async strike(): Promise<Strike> {
    const { fault, world, struck, others } = this;
    this.say(fault.does);
    const window = fault.measured === 'recovery' ? undefined : this.watch();
    const strike = await fault.strike(world, struck);
    try {
      if (!fault.movesFleet) await world.change();
      const [first] = await Promise.all([
        this.look(strike.seen),
        wait(WINDOW_MS),
      ]);
      await this.collected(others, world.truths.changedAt);
      // There may be more of it by now.
      this.saw.push((await strike.seen()) ?? first);
      if (window) this.during = await window.close();
      this.assessments.push(await compareWorld(world));
    } catch (error) {
      this.failures.push((error as Error).message);
    }
    return strike;
  }

  /** The fault ends, and everything must become as it is. */
  private async after(strike: Strike): Promise<void> {
    const { world, fault } = this;
    this.say('healing');
    const window = fault.measured === 'recovery' ? this.watch() : undefined;
    await strike.heal();
    const healedAt = await readNow(world.knex);
    await this.collected(world.clusters, healedAt);
    this.recoverySeconds = ((await readNow(world.knex)) - healedAt) / 1_000;
    if (window) this.during = await window.close();
    if (strike.recovered) this.saw.push(await this.look(strike.recovered));
    this.assessments.push(await compareWorld(world));
  }

  private look(look: Strike['seen']): Promise<string> {
    return waitFor(look, {
      describe: `what ${this.fault.name} must show`,
      timeoutMs: SEEN_MS,
      intervalMs: 500,
    });
  }

  private watch(): Window {
    return new Window(this.world, this.others);
  }

  private collected(clusters: readonly string[], since: number) {
    const { world } = this;
    return collected(world, { clusters, since, timeoutMs: RECOVERY_MS });
  }
}
