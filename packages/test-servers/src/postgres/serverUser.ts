import { execFileSync } from 'node:child_process';

/** A user of the system, for `spawn`. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root, as in most containers; it then runs as
 * `nobody`, who exists everywhere, so that no user has to be made.
 *
 * @returns `undefined` when this process is not root's
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: '-u' | '-g') =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
