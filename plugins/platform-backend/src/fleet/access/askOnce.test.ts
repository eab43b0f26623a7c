import { askOnce } from './askOnce';
import { CatalogAwayError } from './CatalogAwayError';

const entity = (entityRef: string) => ({ entityRef });

describe('askOnce', () => {
  it('asks only for what is not known yet, also when it may not be read', async () => {
    const asked: string[][] = [];
    const read = askOnce(async refs => {
      asked.push([...refs]);
      return new Map(
        refs
          .filter(ref => ref !== 'hidden')
          .map(ref => [ref, entity(ref)] as const),
      );
    });
    expect([...(await read(['a', 'hidden'])).keys()]).toEqual(['a']);
    expect([...(await read(['hidden', 'b', 'a'])).keys()]).toEqual(['b', 'a']);
    expect([...(await read(['hidden', 'a'])).keys()]).toEqual(['a']);
    expect(asked).toEqual([['a', 'hidden'], ['b']]);
  });

  it('asks once about what several steps want to know at the same time', async () => {
    const asked: string[][] = [];
    const read = askOnce(async refs => {
      asked.push([...refs]);
      await new Promise(resolve => setImmediate(resolve));
      return new Map(refs.map(ref => [ref, entity(ref)] as const));
    });
    const [first, second] = await Promise.all([read(['a']), read(['b', 'a'])]);
    expect([...first.keys()]).toEqual(['a']);
    expect([...second.keys()]).toEqual(['b', 'a']);
    expect(asked).toEqual([['a'], ['b']]);
  });

  it('fails for all who wait for the same answer', async () => {
    const read = askOnce(async () => {
      await new Promise(resolve => setImmediate(resolve));
      throw new CatalogAwayError();
    });
    const results = await Promise.allSettled([read(['a']), read(['a', 'b'])]);
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
  });

  it('asks again after a failure', async () => {
    let away = true;
    const read = askOnce(async refs => {
      if (away) throw new CatalogAwayError();
      return new Map(refs.map(ref => [ref, entity(ref)]));
    });
    await expect(read(['a'])).rejects.toThrow(CatalogAwayError);
    away = false;
    expect((await read(['a'])).get('a')).toEqual(entity('a'));
  });
});
