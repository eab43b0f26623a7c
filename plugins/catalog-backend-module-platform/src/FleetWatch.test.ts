import { mockServices } from '@backstage/backend-test-utils';
import type { Fleet } from './Fleet';
import { FleetWatch } from './FleetWatch';

const picture = (): Fleet => ({
  clusters: [],
  duplicates: 0,
  dependents: new Map(),
});

function watchOf(read: () => Promise<Fleet>) {
  const clock = { now: 0 };
  const logger = mockServices.logger.mock();
  const watch = new FleetWatch({ read, logger, now: () => clock.now });
  return { watch, clock, logger };
}

describe('FleetWatch', () => {
  it('reads once for many who ask at the same time', async () => {
    const read = jest.fn(async () => picture());
    const { watch } = watchOf(read);
    const pictures = await Promise.all([watch.current(), watch.current()]);
    expect(read).toHaveBeenCalledTimes(1);
    expect(pictures[0]).toBe(pictures[1]);
  });

  it('answers an old picture at once and reads a new one behind it', async () => {
    const [first, second] = [picture(), picture()];
    const answers = [Promise.resolve(first), Promise.resolve(second)];
    const { watch, clock } = watchOf(() => answers.shift()!);
    await watch.current();
    clock.now += 61_000;
    expect(await watch.current()).toBe(first);
    // What was read in the background has arrived a turn later.
    await new Promise(setImmediate);
    expect(await watch.current()).toBe(second);
  });

  it('keeps the last picture when it can not be read, and says so once a minute', async () => {
    const first = picture();
    let answer = async () => first;
    const { watch, clock, logger } = watchOf(() => answer());
    await watch.current();
    answer = async () => {
      throw new Error('down');
    };
    clock.now += 61_000;
    expect(await watch.current()).toBe(first);
    await new Promise(setImmediate);
    expect(await watch.current()).toBe(first);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('has none when none could ever be read, and does not make everyone wait again', async () => {
    const read = jest.fn(async () => {
      throw new Error('down');
    });
    const { watch } = watchOf(read);
    expect(await watch.current()).toBeUndefined();
    expect(await watch.current()).toBeUndefined();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('tells who reads itself what went wrong', async () => {
    const { watch } = watchOf(async () => {
      throw new Error('down');
    });
    await expect(watch.read(new AbortController().signal)).rejects.toThrow(
      'down',
    );
  });
});
