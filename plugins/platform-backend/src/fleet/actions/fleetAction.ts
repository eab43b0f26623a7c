import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { AskPlatform } from './callerPlatform';

/** What an action is made with. */
export interface ActionOptions {
  actionsRegistry: ActionsRegistryService;
  askPlatform: AskPlatform;
}

/** What all actions of the room have in common: they change nothing. */
export const READ_ONLY = Object.freeze({
  readOnly: true,
  destructive: false,
  idempotent: true,
});
