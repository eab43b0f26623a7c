import { minimumRate } from './minimumRate';

describe('minimumRate', () => {
  const watch = () => {
    const tooSlow = jest.fn();
    const rate = minimumRate({ bytesPerSecond: 1_000, windowMs: 50, tooSlow });
    return { rate, tooSlow };
  };
  const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

  it('ends a body that comes too slowly, once', async () => {
    const { rate, tooSlow } = watch();
    rate.count(10);
    while (tooSlow.mock.calls.length === 0) await wait(5);
    await wait(150);
    expect(tooSlow).toHaveBeenCalledTimes(1);
    expect(tooSlow.mock.calls[0][0].message).toContain('1000 bytes a second');
  });

  it('lets a body go on that comes fast enough, and then ends', async () => {
    const { rate, tooSlow } = watch();
    for (let piece = 0; piece < 30; piece++) {
      rate.count(10_000);
      await wait(5);
    }
    rate.stop();
    await wait(120);
    expect(tooSlow).not.toHaveBeenCalled();
  });
});
