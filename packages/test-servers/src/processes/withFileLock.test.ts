import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporaryFolder';
import { withFileLock } from './withFileLock';

describe('withFileLock', () => {
  let file: string;

  beforeEach(async () => {
    file = join(await temporaryFolder('lock'), 'lock');
  });

  it('lets one in at a time and tells the other whom it waits for', async () => {
    const order: string[] = [];
    const onWait = jest.fn();
    let leave: () => void = () => {};
    const first = withFileLock(file, async () => {
      order.push('first in');
      await new Promise<void>(resolve => {
        leave = resolve;
      });
      order.push('first out');
    });
    const second = withFileLock(file, async () => order.push('second in'), {
      onWait: holder => {
        onWait(holder);
        leave();
      },
    });
    await Promise.all([first, second]);
    expect(order).toEqual(['first in', 'first out', 'second in']);
    expect(onWait.mock.calls).toEqual([[process.pid]]);
    expect(existsSync(file)).toBe(false);
  });

  it('takes over from a process that is gone', async () => {
    const { pid } = spawnSync('true');
    writeFileSync(file, String(pid));
    await expect(withFileLock(file, async () => 'done')).resolves.toBe('done');
  });

  it('lets go when the work fails', async () => {
    const work = withFileLock(file, async () => {
      throw new Error('no disk');
    });
    await expect(work).rejects.toThrow('no disk');
    expect(existsSync(file)).toBe(false);
  });
});
