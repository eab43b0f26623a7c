import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { clusterMessages } from './fleet/messages/clusterMessages';
import { fleetMessages } from './fleet/messages/fleetMessages';
import { stateMessages } from './fleet/messages/stateMessages';
import { supportMessages } from './fleet/messages/supportMessages';
import { workloadMessages } from './fleet/messages/workloadMessages';
import { commonMessages } from './components/messages';

/** Every text of Roadbed's pages and cards, to be translated or reworded. @public */
export const platformTranslationRef = createTranslationRef({
  id: 'platform',
  messages: {
    ...commonMessages,
    clusterState: stateMessages.clusterState,
    coverageState: stateMessages.coverageState,
    workloadStatus: stateMessages.workloadStatus,
    supportState: stateMessages.supportState,
    outcome: stateMessages.outcome,
    fleet: fleetMessages,
    cluster: clusterMessages,
    workloads: workloadMessages,
    support: supportMessages,
  },
});
