import { spawnSync } from 'node:child_process';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryFolder } from '../processes/temporaryFolder';
import { describeWith } from '../testing/describeWith';
import { binariesOf } from './postgresBinaries';
import { runnableBinaries } from './runnableBinaries';
import { serverUser } from './serverUser';

const user = serverUser();

describeWith(
  user
    ? { available: true, what: 'second user' }
    : {
        available: false,
        what: 'second user',
        reason: 'only root can start programs as another user',
        remedy: 'nothing is missing: without root there is no copy to make',
      },
)('runnableBinaries for another user than root', () => {
  /** A stand-in for Postgres in a folder of root's alone. */
  async function privateBinaries() {
    const binaries = binariesOf(await temporaryFolder('private'));
    await mkdir(dirname(binaries.postgres));
    await writeFile(binaries.postgres, '#!/bin/sh\necho 18\n', { mode: 0o755 });
    return binaries;
  }

  it('are a copy when the user can not reach them', async () => {
    const folder = await temporaryFolder('server');
    await chown(folder, user!.uid, user!.gid);
    const binaries = await runnableBinaries({
      binaries: await privateBinaries(),
      user,
      folder,
    });
    const { stdout } = spawnSync(binaries.postgres, [], {
      ...user,
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stdout).toBe('18\n');
  });

  it('are left where they are when this process runs them', async () => {
    const binaries = await privateBinaries();
    await expect(
      runnableBinaries({ binaries, user: undefined, folder: '/nowhere' }),
    ).resolves.toBe(binaries);
  });
});
