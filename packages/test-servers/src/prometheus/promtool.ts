import { spawn, spawnSync } from 'node:child_process';
import type { Availability } from '../availability';

/** The program: `PROMTOOL` when set, else whatever `PATH` finds. */
function program(): string {
  return process.env.PROMTOOL ?? 'promtool';
}

/** Whether Prometheus' checker of rules and metrics is on this machine. */
export function promtoolAvailability(): Availability {
  const what = 'promtool';
  const { status, error } = spawnSync(program(), ['--version']);
  if (status === 0) return { available: true, what };
  return {
    available: false,
    what,
    reason: `${program()} --version ${
      error?.message ?? `ended with ${status}`
    }`,
    remedy:
      'install Prometheus (apt-get install prometheus, brew install prometheus) or set PROMTOOL to the program',
  };
}

/**
 * Runs promtool to its end.
 *
 * @param options.input - what it reads
 * @returns the exit code, and everything it wrote
 */
export function runPromtool(
  args: readonly string[],
  options: { cwd?: string; input?: string } = {},
): Promise<{ code: number | null; output: string }> {
  const { cwd, input = '' } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program(), args, { cwd });
    let output = '';
    child.stdout.on('data', chunk => (output += chunk));
    child.stderr.on('data', chunk => (output += chunk));
    child.once('error', reject);
    child.once('close', code => resolve({ code, output }));
    child.stdin.end(input);
  });
}
