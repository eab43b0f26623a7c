import limiter from 'p-limit';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** There is one event loop, however many runs share it. */
const turns = limiter(1);

/**
 * Waits for a turn of the event loop that nobody else who asks here gets.
 *
 * @remarks
 * For work that holds the loop for milliseconds: pages that are parsed and
 * transactions of SQLite, of many clusters at a time. Side by side in one turn
 * they would hold it for the sum of them, and everything else would wait.
 */
export function ownTurn(): Promise<void> {
  return turns(() => nextTurn());
}
