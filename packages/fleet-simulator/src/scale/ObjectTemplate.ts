import type { KubernetesObject } from '../kubernetes';

/** Marks a place inside a text of a template. */
export function textSlot(name: string): string {
  return `«${name}»`;
}

/** Marks a place for a value that is no text, such as a number. */
export function jsonSlot(name: string): any {
  return `«#${name}»`;
}

const SLOT = /"«#(\w+)»"|«(\w+)»/;

/**
 * The JSON text of objects that differ in a few places only: it is written
 * once, and each object costs joining some pieces.
 */
export class ObjectTemplate<Slot extends string> {
  private readonly pieces: readonly string[];
  private readonly slots: readonly Slot[];

  /**
   * @param object - carries slots; its kind and apiVersion are left out, as in items of lists
   * @param samples - texts that the builders computed from slots, and the slots that replace them
   */
  constructor(object: KubernetesObject, samples: Record<string, Slot> = {}) {
    const { kind: _kind, apiVersion: _version, ...item } = object;
    let text = JSON.stringify(item);
    for (const [sample, slot] of Object.entries(samples)) {
      text = text.replaceAll(sample, textSlot(slot));
    }
    const parts = text.split(SLOT);
    // Each slot leaves two groups of which one matched.
    this.pieces = parts.filter((_, index) => index % 3 === 0);
    this.slots = parts
      .map((part, index) => (index % 3 === 1 ? part ?? parts[index + 1] : ''))
      .filter((_, index) => index % 3 === 1) as Slot[];
  }

  /** The text of one object. Values of text slots must need no escapes. */
  render(values: Record<Slot, string | number>): string {
    const { pieces, slots } = this;
    let text = pieces[0];
    for (let index = 0; index < slots.length; index++) {
      text += values[slots[index]] + pieces[index + 1];
    }
    return text;
  }
}

/** Makes each template when it is first needed. */
export function templatesOf<Slot extends string>(
  make: (variant: string) => ObjectTemplate<Slot>,
): (variant: string) => ObjectTemplate<Slot> {
  const made = new Map<string, ObjectTemplate<Slot>>();
  return variant => {
    const known = made.get(variant) ?? make(variant);
    made.set(variant, known);
    return known;
  };
}
