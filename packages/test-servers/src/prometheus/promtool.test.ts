import { promtoolAvailability, runPromtool } from './promtool';

describe('promtool', () => {
  const before = process.env.PROMTOOL;

  afterEach(() => {
    if (before === undefined) delete process.env.PROMTOOL;
    else process.env.PROMTOOL = before;
  });

  it('says what to do where there is none', () => {
    process.env.PROMTOOL = '/nowhere/promtool';
    expect(promtoolAvailability()).toEqual({
      available: false,
      what: 'promtool',
      reason: expect.stringContaining('/nowhere/promtool'),
      remedy: expect.stringContaining('PROMTOOL'),
    });
  });

  // Node stands in: what counts here is how a program is run.
  it('is given its input, and all that it writes is kept, with its exit code', async () => {
    process.env.PROMTOOL = process.execPath;
    expect(promtoolAvailability().available).toBe(true);
    const program =
      "process.stdin.on('data', text => { console.log('got ' + text); console.error('bad'); process.exitCode = 3 })";
    const { code, output } = await runPromtool(['--eval', program], {
      input: 'rules',
    });
    expect(code).toBe(3);
    expect(output).toContain('got rules\n');
    expect(output).toContain('bad\n');
  });

  it('does not hide that it can not be run', async () => {
    process.env.PROMTOOL = '/nowhere/promtool';
    await expect(runPromtool(['check'])).rejects.toThrow('ENOENT');
  });
});
