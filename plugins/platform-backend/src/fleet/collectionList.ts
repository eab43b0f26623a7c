import type {
  Collection,
  exportCollectionsRoute,
  ParsedRouteQuery,
} from '@roadbed/backstage-plugin-platform-common';
import type { LedgerEntry, LedgerFilter } from '../collect/store/LedgerStore';
import type { ClusterScope } from './access/Caller';

/** What of the ledger a query asks for, within a scope. */
export function ledgerFilter(
  query: ParsedRouteQuery<typeof exportCollectionsRoute>,
  scope: ClusterScope,
): LedgerFilter {
  return {
    clusters: query.cluster,
    collectors: query.collector,
    outcomes: query.outcome,
    narrow: scope.narrow,
  };
}

/** A row of the ledger as it is served. */
export function toCollection(entry: LedgerEntry): Collection {
  const { clusterId, clusterName, startedAt, finishedAt, ...run } = entry;
  return {
    ...run,
    cluster: clusterName,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    durationMs: finishedAt - startedAt,
  };
}
