import { mix } from './hashing';

/** What a round of change does. */
export interface Change {
  /** Share of the workloads and of the pods that differ afterwards, 0 to 1. */
  fraction?: number;
  /** Share of the workloads that go, and as many that come, 0 to 1. */
  churn?: number;
  /** Number of a namespace that is deleted and made anew with all that is in it. */
  recreated?: number;
}

/** One moment at which the objects of a cluster changed. */
export interface Round extends Required<Omit<Change, 'recreated'>> {
  recreated: number | undefined;
  /** First revision of it; every object has a slot after this one. */
  first: number;
  /** Epoch milliseconds, by the clock of the cluster. */
  at: number;
  /** Chooses what changes. */
  salt: number;
  /** Numbers of the workloads that came, by number of their namespace. */
  created: ReadonlyMap<number, readonly number[]>;
}

/**
 * The history of a generated cluster. Objects are not kept: the state of one
 * at a revision is computed from its number and the rounds up to there.
 */
export class Rounds {
  private readonly rounds: Round[] = [];
  /** Workloads there ever were. */
  private workloads: number;

  constructor(
    private readonly options: {
      seed: number;
      workloads: number;
      namespaces: number;
      /** Epoch milliseconds. */
      now: () => number;
      /** Takes that many revisions and gives back the first. */
      takeRevisions: (count: number) => number;
      /** Slots of a cluster with that many workloads. */
      slots: (workloads: number) => number;
    },
  ) {
    this.workloads = options.workloads;
    this.add({});
  }

  /** The objects change. */
  add(change: Change): void {
    const { fraction = 0, churn = 0, recreated } = change;
    const { seed, now, takeRevisions, slots } = this.options;
    const salt = mix(seed, 0x0ca7, this.rounds.length);
    const created = this.createdBy(salt, churn);
    this.rounds.push({
      first: takeRevisions(slots(this.workloads)),
      at: now(),
      salt,
      fraction,
      churn,
      recreated,
      created,
    });
  }

  /** The round of a number; 0 is the beginning. */
  at(index: number): Round {
    return this.rounds[index];
  }

  /** Number of the newest round that a revision has seen. */
  seenAt(revision: number): number {
    let index = this.rounds.length - 1;
    while (index > 0 && this.rounds[index].first > revision) index -= 1;
    return index;
  }

  private createdBy(salt: number, churn: number): Map<number, number[]> {
    const { workloads, namespaces } = this.options;
    // What is left of a whole one is the chance of one more.
    const count = Math.floor(workloads * churn + (salt % 1_000) / 1_000);
    const created = new Map<number, number[]>();
    for (let index = 0; index < (churn ? count : 0); index++) {
      const namespace = mix(salt, index) % namespaces;
      const there = created.get(namespace) ?? [];
      there.push(this.workloads);
      created.set(namespace, there);
      this.workloads += 1;
    }
    return created;
  }
}
