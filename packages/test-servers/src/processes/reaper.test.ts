import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isAlive } from './isAlive';
import { waitFor } from './waitFor';

/** A program that starts a server, says which, and then does as told. */
function program(afterwards: string): string {
  const module = (name: string) => JSON.stringify(require.resolve(name));
  return `
    const { ServerProcess } = require(${module('./ServerProcess')});
    const { temporaryFolder } = require(${module('./temporaryFolder')});
    (async () => {
      const folder = await temporaryFolder('reaper-test');
      const server = await ServerProcess.start({
        name: 'sleep', command: 'sleep', args: ['600'], logFile: folder + '/log',
      });
      console.log(JSON.stringify({ pid: server.pid, folder }));
      ${afterwards}
    })();
  `;
}

async function run(afterwards: string) {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      '--eval',
      program(afterwards),
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [line] = await once(createInterface(child.stdout), 'line');
  const { pid, folder }: { pid: number; folder: string } = JSON.parse(line);
  return { child, pid, folder };
}

const forever = 'setInterval(() => {}, 1000);';

describe('what a process started ends with it', () => {
  it.each([
    ['returns', '', undefined],
    [
      'throws',
      'setTimeout(() => { throw new Error("oops"); }, 50);',
      undefined,
    ],
    ['exits', 'setTimeout(() => process.exit(3), 50);', undefined],
    ['is interrupted', forever, 'SIGINT'],
    ['is killed', forever, 'SIGKILL'],
  ] as const)('when it %s', async (_how, afterwards, signal) => {
    const { child, pid, folder } = await run(afterwards);
    if (signal) child.kill(signal);
    await waitFor(() => !isAlive(pid) && !existsSync(folder), {
      describe: `process ${pid} to end and ${folder} to go`,
      timeoutMs: 10_000,
    });
    expect(isAlive(child.pid!)).toBe(false);
  });
});
