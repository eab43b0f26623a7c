import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './isAlive';

/**
 * Runs the work while no other process holds the lock file. The lock of a
 * process that is gone is taken over.
 *
 * Two that take over at the same moment could both go on, so the work must
 * stay right when done twice; the lock only saves doing it twice.
 */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  options: {
    /** Called once when another process holds the lock. */
    onWait?: (holder: number) => void;
  } = {},
): Promise<T> {
  let told = false;
  while (!(await take(file))) {
    const holder = await holderOf(file);
    if (holder !== undefined && !isAlive(holder)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told && holder !== undefined) {
      options.onWait?.(holder);
      told = true;
    }
    await sleep(250);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** `undefined` when the lock was let go, or is not written out yet. */
async function holderOf(file: string): Promise<number | undefined> {
  try {
    return Number(await readFile(file, 'utf8')) || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
