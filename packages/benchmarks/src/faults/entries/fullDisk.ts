import { dirname } from 'node:path';
import type { Fault } from '../Fault';
import { fillDisk } from '../stage/smallDisk';

const AWAY = 'The database is away';
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
        const line = since()
          .split('\n')
          .find(text => text.includes(AWAY));
        return line && /SQLITE_FULL|database or disk is full/.test(since())
          ? `"${AWAY}" once, with SQLITE_FULL; pages go on`
          : undefined;
      },
      heal: makeRoom,
      recovered: async () => since().match(BACK)?.at(-1),
    };
  },
};
