import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FILLER = 'filler';
const CHUNK = Buffer.alloc(1024 * 1024);
/** Size of the last pieces: less than a page of SQLite is left. */
const CRUMB = 512;

/**
 * Puts a file system of its own, in memory, on a folder, so that it can become
 * full without the machine's.
 *
 * @returns what takes it away again
 * @throws Error where this process may not mount
 */
export async function mountSmallDisk(
  folder: string,
  bytes: number,
): Promise<() => Promise<void>> {
  const options = ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder];
  try {
    await run('mount', options);
  } catch (cause) {
    throw new Error(
      `A small disk for SQLite could not be mounted on ${folder}; this needs Linux and the right to mount (root). Run the other faults with --only`,
      { cause },
    );
  }
  return async () => {
    await run('umount', [folder]);
  };
}

/** Takes what space is left. @returns what gives it back */
export async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, FILLER);
  const handle = await open(file, 'w');
  try {
    for (const piece of [CHUNK, CHUNK.subarray(0, CRUMB)]) {
      while ((await written(handle, piece)) === piece.length);
    }
  } finally {
    await handle.close();
  }
  return () => rm(file);
}

/** Bytes of a piece that found room. */
async function written(
  handle: Awaited<ReturnType<typeof open>>,
  piece: Buffer,
): Promise<number> {
  try {
    return (await handle.write(piece)).bytesWritten;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return 0;
    throw error;
  }
}
