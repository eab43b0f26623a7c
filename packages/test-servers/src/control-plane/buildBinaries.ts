import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BuildPlan } from './buildPlan';

const progressEveryMs = 15_000;

/**
 * Builds the programs of the module. They appear in the output folder all at
 * once, by a rename, so that a folder that is there is whole.
 *
 * @throws Error with the end of what `go` printed
 */
export async function buildBinaries(
  plan: BuildPlan,
  log: (line: string) => void,
): Promise<void> {
  const scratch = `${plan.output}.${process.pid}`;
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  try {
    const [command, ...flags] = plan.args;
    await runGo([command, '-o', scratch, ...flags, 'tool'], plan, log);
    // The package of etcd's main program is called "server".
    await rename(join(scratch, 'server'), join(scratch, 'etcd'));
    await mkdir(dirname(plan.output), { recursive: true });
    // What lies there was not whole, else nothing would be built.
    await rm(plan.output, { recursive: true, force: true });
    await rename(scratch, plan.output);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runGo(
  args: string[],
  plan: BuildPlan,
  log: (line: string) => void,
): Promise<void> {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  log(
    `building the Kubernetes ${plan.version} control plane with Go; the first time takes 4 to 7 minutes on 2 cores …`,
  );
  const go = spawn('go', args, {
    cwd: plan.module,
    // A workspace around the checkout must not change what is built.
    env: { ...process.env, GOWORK: 'off' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let packages = 0;
  const lines: string[] = [];
  createInterface(go.stderr).on('line', line => {
    // With -v, go prints the path of each package that it compiles.
    if (/^[\w./-]+$/.test(line)) packages += 1;
    lines.push(line);
  });
  const progress = setInterval(
    () => log(`… ${packages} packages compiled, ${seconds()} s`),
    progressEveryMs,
  );
  try {
    const [code] = await once(go, 'close');
    if (code !== 0) {
      throw new Error(
        `go build failed (exit code ${code}) in ${
          plan.module
        }. End of its output:\n${lines.slice(-25).join('\n')}`,
      );
    }
  } finally {
    clearInterval(progress);
  }
  log(`built the control plane in ${seconds()} s: ${plan.output}`);
}
