import type { ObjectState, Objects } from './ObjectState';

/**
 * What the last complete list of a collector has seen of a change:
 *
 * - `all`: it is a list of after the change
 * - `nothing`: it is a list of before the change
 * - `never`: no list was complete yet
 */
export type Sight = 'all' | 'nothing' | 'never';

/** What is wrong with what is stored. Texts that name the objects. */
export interface Differences {
  /** Objects that were looked at. */
  compared: number;
  /** The cluster has them, and they are not stored. */
  lost: string[];
  /** They are stored, and the cluster has them no more or never had them. */
  resurrected: string[];
  /** Stored with fields that they do not have. */
  wrong: string[];
}

/**
 * Compares what is stored with the truth before and after a change.
 *
 * @remarks
 * A list that saw the change must be stored as the cluster is now. One that
 * did not must have kept all there was before; it may have upserted what it
 * did see, because an object in a page is true by itself, but it may not have
 * deleted, and nothing may be stored that neither truth knows.
 */
export function compareObjects(options: {
  stored: Objects;
  before: Objects;
  now: Objects;
  sight: Sight;
}): Differences {
  const { stored, before, now, sight } = options;
  const differences: Differences = {
    compared: 0,
    lost: [],
    resurrected: [],
    wrong: [],
  };
  const keys = new Set([...stored.keys(), ...now.keys(), ...before.keys()]);
  for (const key of keys) {
    const here = stored.get(key);
    const then = before.get(key);
    const present = now.get(key);
    const allowed = sight === 'all' ? [present] : [then, present];
    const any = here ?? present ?? then;
    differences.compared += any?.weight ?? 0;
    if (!here) {
      if (mustBeStored(sight, { then, present })) {
        differences.lost.push(describe(any!));
      }
    } else if (allowed.every(state => state === undefined)) {
      differences.resurrected.push(describe(here));
    } else if (!allowed.some(state => state && same(state, here))) {
      const expected = allowed.flatMap(state => state?.facts ?? []);
      differences.wrong.push(
        `${describe(here)}: stored ${here.facts}, true ${expected.join(
          ' or ',
        )}`,
      );
    }
  }
  return differences;
}

function mustBeStored(
  sight: Sight,
  truth: { then?: ObjectState; present?: ObjectState },
): boolean {
  switch (sight) {
    case 'all':
      return truth.present !== undefined;
    case 'nothing':
      return truth.then !== undefined;
    default:
      return false;
  }
}

function same(one: ObjectState, other: ObjectState): boolean {
  return (
    one.facts === other.facts &&
    one.name === other.name &&
    one.namespace === other.namespace
  );
}

function describe({ namespace, name }: ObjectState): string {
  return namespace === null ? name : `${namespace}/${name}`;
}
