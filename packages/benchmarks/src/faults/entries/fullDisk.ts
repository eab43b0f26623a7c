import { dirname } from 'node:path';
import type { Fault } from '../Fault';
import { fillDisk } from '../stage/smallDisk';

const AWAY = 'The database is away';
const FULL = /SQLITE_FULL|database or disk is full/;
const BACK = /The database is back after [\d.]+ s/g;

/** SQLite finds no room for what it is to write, and later there is some. */
export const fullDisk: Fault = {
  name: 'full-disk',
  stage: 'sqlite',
  does: 'the disk with the SQLite files is full, then there is room again',
  struck: () => 'all',
  async strike(world) {
    const { driver } = world.database;
    if (!('filename' in driver)) throw new Error('This fault needs SQLite');
    const [replica] = world.replicas;
    const before = replica.logs().length;
    const makeRoom = await fillDisk(dirname(driver.filename));
    const since = () => replica.logs().slice(before);
    return {
      async seen() {
        return since().includes(AWAY) && FULL.test(since())
          ? `"${AWAY}" in the log, with SQLITE_FULL; cards are answered`
          : undefined;
      },
      heal: makeRoom,
      async recovered() {
        const back = since().match(BACK);
        const times = since().split(AWAY).length - 1;
        return back
          ? `"${back.at(-1)}"; the log tells of ${times} outages`
          : undefined;
      },
    };
  },
};
