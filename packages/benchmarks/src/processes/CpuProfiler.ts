import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

/**
 * Takes profiles of the CPU of this process, when `ROADBED_BENCH_PROFILES`
 * names a folder for them. Open them with the developer tools of a browser.
 */
export class CpuProfiler {
  private readonly folder = process.env.ROADBED_BENCH_PROFILES;
  private session: Session | undefined;
  private count = 0;

  /** Begins a profile; one that was begun before is dropped. */
  start(): void {
    if (!this.folder) return;
    this.session?.disconnect();
    this.session = new Session();
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.start');
  }

  /** Ends the profile that was begun, if one was, and writes it. */
  stop(): void {
    const { session, folder } = this;
    if (!session || !folder) return;
    this.session = undefined;
    // The session is of this thread, so the answer is there when post returns.
    session.post('Profiler.stop', (_error, { profile }) => {
      const file = `${process.pid}-${++this.count}.cpuprofile`;
      writeFileSync(join(folder, file), JSON.stringify(profile));
    });
    session.disconnect();
  }
}
