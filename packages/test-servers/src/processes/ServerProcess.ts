import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { reaper, type EndSignal } from './reaper';
import { waitFor } from './waitFor';

/** What to run, and where it may write. */
interface ServerProcessOptions {
  /** Name of the program for messages: "kube-apiserver". */
  name: string;
  command: string;
  args: string[];
  /** Takes standard output and standard error, appended. */
  logFile: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** Signal that ends the program at once. @defaultValue 'KILL' */
  endSignal?: EndSignal;
}

/** A running server program; it ends at the latest when this process ends. */
export class ServerProcess {
  /**
   * @throws Error of `spawn`, for example ENOENT when there is no such program
   */
  static async start(options: ServerProcessOptions): Promise<ServerProcess> {
    const log = openSync(options.logFile, 'a');
    try {
      const child = spawn(options.command, options.args, {
        // Its own group, so that Ctrl-C reaches this process alone and the
        // servers end in the order that their owner chooses.
        detached: true,
        stdio: ['ignore', log, log],
        env: options.env ?? process.env,
        uid: options.uid,
        gid: options.gid,
      });
      await once(child, 'spawn');
      return new ServerProcess(options, child);
    } finally {
      closeSync(log);
    }
  }

  readonly name: string;
  readonly logFile: string;
  readonly pid: number;
  #ended: string | undefined;
  readonly #exit: Promise<void>;
  readonly #child: ChildProcess;
  readonly #endSignal: EndSignal;

  private constructor(options: ServerProcessOptions, child: ChildProcess) {
    this.name = options.name;
    this.logFile = options.logFile;
    this.pid = child.pid!;
    this.#child = child;
    this.#endSignal = options.endSignal ?? 'KILL';
    reaper.watch(this.pid, this.#endSignal);
    this.#exit = new Promise(resolve => {
      child.once('exit', (code, signal) => {
        reaper.forget(this.pid);
        this.#ended = signal ? `signal ${signal}` : `exit code ${code}`;
        resolve();
      });
    });
    // A forgotten server must not keep a test run from ending.
    child.unref();
  }

  /** Whether the program has not ended yet. */
  get running(): boolean {
    return this.#ended === undefined;
  }

  /** Ends the program at once and waits until it is gone. */
  async end(): Promise<void> {
    if (this.running) {
      this.#child.ref();
      this.#child.kill(`SIG${this.#endSignal}`);
    }
    await this.#exit;
  }

  /**
   * Waits until the server answers; ends it when it does not.
   *
   * @throws Error that names the program and holds the end of its log
   */
  async waitUntilReady(
    isReady: () => Promise<boolean>,
    timeoutMs: number,
  ): Promise<void> {
    try {
      await waitFor(isReady, {
        describe: `${this.name} to become ready`,
        timeoutMs,
        abortIf: () => this.assertRunning(),
      });
    } catch (error) {
      const endedByItself = !this.running;
      await this.end();
      if (endedByItself) throw error;
      throw new Error(`${(error as Error).message}\n${this.logTail()}`, {
        cause: error,
      });
    }
  }

  /** @throws Error with the end of the log when the program has ended */
  assertRunning(): void {
    if (this.running) return;
    throw new Error(
      `${this.name} ended by itself (${this.#ended})\n${this.logTail()}`,
    );
  }

  /** The last lines of the log, with the path of the log above them. */
  logTail(lines = 25): string {
    const text = readFileSync(this.logFile, 'utf8').trimEnd();
    const tail = text.split('\n').slice(-lines).join('\n');
    return `End of ${this.logFile}:\n${tail}`;
  }
}
