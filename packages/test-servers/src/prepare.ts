/* Builds what tests start, so that no test's time-out holds a build. */
import { controlPlaneAvailability } from './control-plane/controlPlaneAvailability';
import { ensureControlPlaneBinaries } from './control-plane/ensureControlPlaneBinaries';
import { unavailableLine } from './availability';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const availability = controlPlaneAvailability();
  if (!availability.available) {
    say(unavailableLine(availability));
    process.exitCode = 1;
    return;
  }
  const { kubeApiserver } = await ensureControlPlaneBinaries({ log: say });
  say(`control plane: ${kubeApiserver}`);
}

main().catch(error => {
  say(error.message);
  process.exitCode = 1;
});
