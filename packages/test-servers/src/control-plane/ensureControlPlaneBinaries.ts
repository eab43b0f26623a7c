import { ServiceUnavailableError } from '@backstage/errors';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unavailableLine } from '../availability';
import { withFileLock } from '../processes/withFileLock';
import { binariesIn, type ControlPlaneBinaries } from './binaries';
import { buildBinaries } from './buildBinaries';
import { buildPlan } from './buildPlan';
import { controlPlaneAvailability } from './controlPlaneAvailability';

/**
 * The binaries of the control plane; builds them when they are not there yet.
 * Two callers at once, in one process or several, build once.
 *
 * @throws ServiceUnavailableError with the reason and the remedy
 */
export async function ensureControlPlaneBinaries(
  options: {
    /** Takes the progress of a build, a line at a time. @defaultValue none */
    log?: (line: string) => void;
  } = {},
): Promise<ControlPlaneBinaries> {
  const { log = () => {} } = options;
  const availability = controlPlaneAvailability();
  if (!availability.available) {
    throw new ServiceUnavailableError(unavailableLine(availability));
  }
  const { source } = availability;
  if (source.from !== 'go') return inFolder(source.folder);
  const plan = buildPlan();
  await mkdir(dirname(plan.output), { recursive: true });
  await withFileLock(
    `${plan.output}.lock`,
    async () => {
      if ('missing' in binariesIn(plan.output)) await buildBinaries(plan, log);
    },
    {
      onWait: holder =>
        log(`waiting for process ${holder}, which builds the control plane …`),
    },
  );
  return inFolder(plan.output);
}

function inFolder(folder: string): ControlPlaneBinaries {
  const found = binariesIn(folder);
  if ('binaries' in found) return found.binaries;
  throw new ServiceUnavailableError(
    `"${folder}" lost its ${found.missing} while it was in use`,
  );
}
