import { join } from 'node:path';
import { isAlive } from './isAlive';
import { ServerProcess } from './ServerProcess';
import { temporaryFolder } from './temporaryFolder';

describe('ServerProcess', () => {
  let logFile: string;

  beforeAll(async () => {
    logFile = join(await temporaryFolder('server-process'), 'log');
  });

  const start = (script: string) =>
    ServerProcess.start({
      name: 'toy-server',
      command: '/bin/sh',
      args: ['-c', script],
      logFile,
    });

  it('says which program ended, how, and the end of its log', async () => {
    const server = await start('echo "bad flag: --nope" >&2; exit 7');
    await expect(
      server.waitUntilReady(async () => false, 10_000),
    ).rejects.toThrow(/^toy-server ended by itself \(exit code 7\)[^]*--nope/);
  });

  it('ends a program that does not become ready, and says what was seen', async () => {
    const server = await start('echo "still loading"; exec sleep 600');
    await expect(
      server.waitUntilReady(async () => {
        throw new Error('connection refused');
      }, 300),
    ).rejects.toThrow(
      /0\.3 s in vain for toy-server to become ready; [^]*connection refused[^]*still loading/,
    );
    expect(isAlive(server.pid)).toBe(false);
  });

  it('refuses a program that is not there', async () => {
    await expect(
      ServerProcess.start({
        name: 'absent',
        command: '/nowhere/absent',
        args: [],
        logFile,
      }),
    ).rejects.toThrow(/ENOENT/);
  });
});
