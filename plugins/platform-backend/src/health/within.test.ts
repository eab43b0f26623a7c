import { within } from './within';

describe('within', () => {
  it('passes on what comes in time, failures too', async () => {
    expect(await within(Promise.resolve(7), 1_000)).toBe(7);
    await expect(
      within(Promise.reject(new Error('no such table')), 1_000),
    ).rejects.toThrow('no such table');
  });

  it('does not wait for what does not come', async () => {
    await expect(within(new Promise(() => {}), 10)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/did not answer within 0.01 s; check/),
    });
  });
});
