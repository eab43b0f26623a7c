import limiter from 'p-limit';
import { setImmediate as immediate } from 'node:timers/promises';

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
  return turns(nextTurn);
}

/**
 * Gives the event loop back for one turn. For the middle of a transaction: the
 * others wait for its connection, so it must not queue behind them.
 */
export function nextTurn(): Promise<void> {
  return immediate();
}
