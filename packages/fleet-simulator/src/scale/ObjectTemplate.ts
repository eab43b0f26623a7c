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
  /** Literal text at even places, the name of a slot at odd ones. */
  private readonly parts: readonly string[];

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
    // Splitting leaves both groups of every slot, of which one matched.
    this.parts = text.split(SLOT).filter(part => part !== undefined);
  }

  /** The text of one object. Values of text slots must need no escapes. */
  render(values: Record<Slot, string | number>): string {
    // Joining makes one flat text at once, adding piece by piece a tree of them.
    const texts = this.parts.slice() as (string | number)[];
    for (let index = 1; index < texts.length; index += 2) {
      texts[index] = values[texts[index] as Slot];
    }
    return texts.join('');
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
