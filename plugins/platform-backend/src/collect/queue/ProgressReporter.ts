import type { RunProgress } from './RunJob';

/** Passes on the newest progress, at most once in a while. */
export class ProgressReporter {
  private latest: RunProgress | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    private readonly options: {
      write(progress: RunProgress): Promise<void>;
      intervalMs: number;
    },
  ) {}

  report(progress: RunProgress): void {
    this.latest = progress;
    this.timer ??= setTimeout(
      () => this.flush(),
      this.options.intervalMs,
    ).unref();
  }

  /** Nothing is written afterwards; waits for what is being written. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.latest = undefined;
    await this.writing;
  }

  private flush() {
    this.timer = undefined;
    const progress = this.latest;
    if (!progress) {
      return;
    }
    if (this.writing) {
      this.report(progress); // the database is slow: a later one will do
      return;
    }
    this.latest = undefined;
    this.writing = this.options.write(progress).finally(() => {
      this.writing = undefined;
    });
  }
}
