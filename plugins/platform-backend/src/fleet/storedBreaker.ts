import { toMillis } from '../collect/store/dialect';
import type { ClusterBreakerRow } from '../collect/store/tables';
import type { StoredCluster } from './clusterView';

/** The columns of a circuit breaker that decide about its cluster. */
export type BreakerColumns = Pick<
  ClusterBreakerRow,
  | 'open_until_at'
  | 'unreachable_since_at'
  | 'last_error_code'
  | 'last_error_message'
>;

/** A circuit breaker as the rest of the room knows it. */
export function storedBreaker(
  row: BreakerColumns,
): NonNullable<StoredCluster['breaker']> {
  return {
    openUntil: toMillis(row.open_until_at),
    unreachableSince: toMillis(row.unreachable_since_at),
    code: row.last_error_code,
    message: row.last_error_message,
  };
}
