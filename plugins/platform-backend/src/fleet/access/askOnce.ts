import type { Caller, ReadableEntity } from './Caller';

/**
 * Remembers what the catalog said, so that the steps of one request ask it once
 * about each entity: every question is a request of its own, with a token of
 * its own. Failures are not remembered.
 */
export function askOnce(ask: Caller['readEntities']): Caller['readEntities'] {
  const known = new Map<string, ReadableEntity | undefined>();
  return async refs => {
    const unknown = refs.filter(ref => !known.has(ref));
    if (unknown.length > 0) {
      const found = await ask(unknown);
      for (const ref of unknown) known.set(ref, found.get(ref));
    }
    const readable = new Map<string, ReadableEntity>();
    for (const ref of refs) {
      const entity = known.get(ref);
      if (entity) readable.set(ref, entity);
    }
    return readable;
  };
}
