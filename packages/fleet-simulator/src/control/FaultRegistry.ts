import { NotFoundError } from '@backstage/errors';
import type { Fault } from '../faults/Fault';
import type { FaultPlan } from '../faults/FaultPlan';

/** The faults that were switched on from outside, by id. */
export class FaultRegistry {
  private readonly healers = new Map<string, () => Promise<void>>();
  private injected = 0;

  /**
   * Switches a fault on in every plan; it holds when this resolves.
   *
   * @returns its id
   */
  async inject(fault: Fault, plans: readonly FaultPlan[]): Promise<string> {
    this.injected += 1;
    const id = `fault-${this.injected}`;
    // Each plan counts strikes of its own object.
    const heals = plans.map(plan => plan.inject({ ...fault }));
    const settle = async () => {
      await Promise.all(plans.map(plan => plan.settled()));
    };
    this.healers.set(id, async () => {
      heals.forEach(heal => heal());
      await settle();
    });
    await settle();
    return id;
  }

  /** @throws NotFoundError when no fault has that id */
  async heal(id: string): Promise<void> {
    const heal = this.healers.get(id);
    if (!heal) throw new NotFoundError(`No fault "${id}" is switched on`);
    this.healers.delete(id);
    await heal();
  }

  async healAll(): Promise<void> {
    await Promise.all([...this.healers.keys()].map(id => this.heal(id)));
  }
}
