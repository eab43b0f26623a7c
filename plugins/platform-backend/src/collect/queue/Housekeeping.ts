import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { HistoryStore } from '../store/HistoryStore';
import type { RetentionPolicy, RetentionStore } from '../store/RetentionStore';

/** What has to be done now and then, by one replica for all. */
export class Housekeeping {
  constructor(
    private readonly options: {
      logger: LoggerService;
      history: HistoryStore;
      retention: RetentionStore;
      policy: RetentionPolicy;
    },
  ) {}

  /** Writes history and deletes what is kept no longer, every hour. */
  async schedule(scheduler: SchedulerService): Promise<void> {
    const { history } = this.options;
    await scheduler.scheduleTask({
      id: 'platform-history',
      scope: 'global',
      frequency: { hours: 1 },
      // A fresh start has nothing to write down yet.
      initialDelay: { minutes: 5 },
      timeout: { minutes: 10 },
      fn: () => history.rollUp(),
    });
    await scheduler.scheduleTask({
      id: 'platform-retention',
      scope: 'global',
      frequency: { hours: 1 },
      initialDelay: { minutes: 10 },
      timeout: { minutes: 30 },
      fn: () => this.retain(),
    });
  }

  private async retain() {
    const { retention, policy, logger } = this.options;
    const { runs, clusters, days } = await retention.run(policy);
    if (runs + clusters + days > 0) {
      logger.info(
        `Retention deleted ${runs} runs, ${clusters} former clusters and ${days} days of history`,
      );
    }
  }
}
