import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  installEnvironment,
  yarnArgs,
} from '@roadbed/repo-scripts/lib/install.mjs';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';
import { signal, start, stop, tail } from '@roadbed/repo-scripts/lib/run.mjs';

/** A program, run with this Node. */
export type Program = {
  /** For messages, and the name of its log. */
  name: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
};

/**
 * The temporary folders in which everything is made, and the programs that run
 * there. Logs are kept in the checkout's cache: they are
 * wanted when the folder is gone.
 */
export class Workshop {
  static create(): Workshop {
    mkdirSync(inRoot('.cache'), { recursive: true });
    const workshop = new Workshop(
      mkdtempSync(join(tmpdir(), 'roadbed-adoption-')),
      mkdtempSync(inRoot('.cache', 'adoption-')),
    );
    // An interrupted run leaves neither programs nor a gigabyte behind.
    process.once('exit', () => workshop.#abandon());
    process.once('SIGTERM', () => process.exit(143));
    return workshop;
  }

  readonly #logs = inRoot('node_modules', '.cache', 'roadbed-test', 'adoption');
  readonly #running = new Set<ReturnType<typeof start>>();
  readonly #environment = installEnvironment();
  #closed = false;

  private constructor(
    private readonly dir: string,
    private readonly dirInCheckout: string,
  ) {
    mkdirSync(this.#logs, { recursive: true });
  }

  /** A path outside the checkout. */
  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  /** A path in a temporary folder from which the checkout's modules are found. */
  inCheckout(...parts: string[]): string {
    return join(this.dirInCheckout, ...parts);
  }

  /** Runs a program to its end. @throws Error with the end of its log */
  async run(program: Program): Promise<void> {
    const began = Date.now();
    const part = this.#start(program);
    const code = await part.exited;
    this.#running.delete(part);
    if (code !== 0) throw ended(program, code, part.log);
    say(program.name, began);
  }

  /** Runs the checked-in Yarn with the registry that npm is set up for. */
  async yarn(program: Program): Promise<void> {
    await this.run({
      ...program,
      args: yarnArgs(...program.args),
      env: {
        ...this.#environment,
        // `CI` would make Yarn refuse to write the lock file.
        YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
        ...program.env,
      },
    });
  }

  /** Starts a program, and waits until it prints a line that `ready` knows. */
  async serve(
    program: Program & { ready: (line: string) => boolean },
  ): Promise<void> {
    const began = Date.now();
    let isReady = () => {};
    const readyLine = new Promise<void>(resolve => {
      isReady = resolve;
    });
    const part = this.#start(program, line => {
      if (program.ready(line)) isReady();
    });
    await Promise.race([
      readyLine,
      part.exited.then(code => {
        throw ended(program, code, part.log);
      }),
    ]);
    say(program.name, began);
  }

  /** Stops what runs and removes the folders. Nothing can be started any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running].map(part => stop(part)));
    this.#running.clear();
    this.#removeFolders();
  }

  #removeFolders(): void {
    for (const dir of [this.dir, this.dirInCheckout]) {
      rmSync(dir, { recursive: true, force: true });
    }
  }

  #start({ name, args, cwd, env }: Program, onLine?: (line: string) => void) {
    if (this.#closed) throw new Error(`${name} comes too late: all is over`);
    const part = start({
      command: process.execPath,
      args,
      cwd,
      env,
      log: join(this.#logs, `${name}.log`),
      onLine,
    });
    this.#running.add(part);
    return part;
  }

  #abandon(): void {
    for (const part of this.#running) signal(part, 'SIGKILL');
    this.#removeFolders();
  }
}

function say(name: string, began: number): void {
  const seconds = ((Date.now() - began) / 1000).toFixed(0).padStart(4);
  process.stdout.write(`${seconds} s  ${name}\n`);
}

function ended(program: Program, code: number, log: string): Error {
  return new Error(
    `${program.name} ended with exit code ${code}. End of ${log}:\n${tail(
      log,
      60,
    )}`,
  );
}
