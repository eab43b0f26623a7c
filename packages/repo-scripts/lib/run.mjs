import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { root } from './paths.mjs';

/** The last lines of a log file, for the report of a failure. */
export function tail(file, lines = 40) {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .join('\n');
  } catch (error) {
    return `(no log: ${error.message})`;
  }
}

/**
 * Starts a program whose output goes to a log file.
 *
 * @returns {{ child: import('node:child_process').ChildProcess, exited: Promise<number>, log: string }}
 *   `exited` resolves with the exit code, or 128 when a signal ended it.
 */
export function start({ command, args, log, env, cwd = root, onLine }) {
  mkdirSync(dirname(log), { recursive: true });
  const out = createWriteStream(log);
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that stopping it reaches its children too.
    detached: process.platform !== 'win32',
  });
  const exited = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      out.end();
      resolve(code ?? 128);
    });
  });
  let pending = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      out.write(chunk);
      if (!onLine) return;
      pending += chunk;
      const lines = pending.split('\n');
      pending = lines.pop() ?? '';
      lines.forEach(onLine);
    });
  }
  return { child, exited, log };
}

/** Runs a program to its end. @returns {Promise<number>} the exit code */
export async function run(options) {
  return await start(options).exited;
}

/** Sends a signal to a program and its children; one that has ended is left alone. */
export function signal({ child }, name) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ends a program and its children: asks first, insists after `graceMs`. */
export async function stop(part, graceMs = 8_000) {
  if (part.child.exitCode !== null || part.child.signalCode !== null) return;
  signal(part, 'SIGTERM');
  const timer = setTimeout(() => signal(part, 'SIGKILL'), graceMs);
  await part.exited.catch(() => undefined);
  clearTimeout(timer);
}
