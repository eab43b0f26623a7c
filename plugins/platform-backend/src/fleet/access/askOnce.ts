import type { Caller, ReadableEntity } from './Caller';

/**
 * Remembers what the catalog said, so that the steps of one request ask it once
 * about each entity, also those that go on side by side: every question is a
 * request of its own, with a token of its own. Failures are not remembered.
 */
export function askOnce(ask: Caller['readEntities']): Caller['readEntities'] {
  const answers = new Map<string, Promise<Map<string, ReadableEntity>>>();
  return async refs => {
    const unknown = refs.filter(ref => !answers.has(ref));
    if (unknown.length > 0) {
      const answer = ask(unknown).catch(error => {
        unknown.forEach(ref => answers.delete(ref));
        throw error;
      });
      unknown.forEach(ref => answers.set(ref, answer));
    }
    const found = await Promise.all(refs.map(ref => answers.get(ref)));
    const readable = new Map<string, ReadableEntity>();
    for (const [place, ref] of refs.entries()) {
      const entity = found[place]?.get(ref);
      if (entity) readable.set(ref, entity);
    }
    return readable;
  };
}
