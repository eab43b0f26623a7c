import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';

export interface Config {
  catalog?: {
    providers?: {
      /** Roadbed's clusters as resources. Every key has a default. */
      platform?: {
        /**
         * When Roadbed is asked for its clusters. Default every 5 minutes, the
         * first time 15 seconds after the start.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * How long the resource of a cluster that Roadbed no longer lists is
         * kept. Default 24 hours.
         */
        removalGrace?: HumanDuration | string;
        /** Owner of clusters that nobody is known to own. Default `unknown`. */
        defaultOwner?: string;
        /** Where Platform is mounted in the portal. Default `/platform`. */
        pagePath?: string;
      };
    };
  };
}
