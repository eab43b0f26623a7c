import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reaper } from './reaper';

/** Makes a folder that is removed at the latest when this process ends. */
export async function temporaryFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `roadbed-${purpose}-`));
  reaper.remove(folder);
  return folder;
}
