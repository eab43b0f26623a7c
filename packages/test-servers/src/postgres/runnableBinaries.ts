import { execFile, spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { binariesOf, type PostgresBinaries } from './postgresBinaries';
import type { ServerUser } from './serverUser';

/**
 * Binaries that the user can run. In a checkout under root's home no one else
 * can reach them; they are then copied (60 MB) into the folder of the server.
 */
export async function runnableBinaries(options: {
  binaries: PostgresBinaries;
  /** `undefined` stands for the user of this process. */
  user: ServerUser | undefined;
  /** A folder that the user can reach. */
  folder: string;
}): Promise<PostgresBinaries> {
  const { binaries, user, folder } = options;
  if (!user) return binaries;
  const { error } = spawnSync(binaries.postgres, ['--version'], {
    ...user,
    cwd: folder,
  });
  if (!error) return binaries;
  const copy = join(folder, 'native');
  await cp(binaries.folder, copy, { recursive: true, verbatimSymlinks: true });
  // The copy has the modes of the original, which may be root's alone as well.
  await promisify(execFile)('chown', ['-R', `${user.uid}:${user.gid}`, copy]);
  return binariesOf(copy);
}
