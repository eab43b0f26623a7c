import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { clusterMessages } from './fleet/messages/clusterMessages';
import { entityMessages } from './fleet/messages/entityMessages';
import { fleetMessages } from './fleet/messages/fleetMessages';
import { homeMessages } from './fleet/messages/homeMessages';
import { stateMessages } from './fleet/messages/stateMessages';
import { supportMessages } from './fleet/messages/supportMessages';
import { unownedMessages } from './fleet/messages/unownedMessages';
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
    unowned: unownedMessages,
    entity: entityMessages,
    home: homeMessages,
    support: supportMessages,
  },
});
