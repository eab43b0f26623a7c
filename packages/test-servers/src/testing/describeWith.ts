/* eslint-disable jest/expect-expect, jest/no-disabled-tests, jest/no-export, jest/valid-describe-callback, jest/valid-title --
   this file makes tests for other files, it holds none */
import { unavailableLine, type Availability } from '../availability';

/**
 * `describe` for tests that need a real server. Where it can not be had, the
 * tests count as skipped and one line says why; with `ROADBED_REQUIRE_ALL=1`
 * they fail instead.
 *
 * @example
 * describeWith(controlPlaneAvailability())('the collector on a real API server', () => { … });
 */
export function describeWith(
  availability: Availability,
): (name: string, tests: () => void) => void {
  if (availability.available) return describe;
  const line = unavailableLine(availability);
  if (process.env.ROADBED_REQUIRE_ALL === '1') {
    return name =>
      describe(name, () => {
        it(`needs a ${availability.what}`, () => {
          throw new Error(`${line} (ROADBED_REQUIRE_ALL=1)`);
        });
      });
  }
  return (name, tests) => {
    process.stderr.write(`SKIPPED "${name}": ${line}\n`);
    describe.skip(name, tests);
  };
}
