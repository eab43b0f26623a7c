import type {
  Collection,
  listCollectionsRoute,
  ParsedRouteQuery,
} from '@roadbed/backstage-plugin-platform-common';
import type { LedgerEntry, LedgerStore } from '../collect/store/LedgerStore';
import type { Position } from '../http/Cursors';
import type { ClusterScope } from './access/Caller';

/** Reads one page of the ledger. */
export async function collectionPage(options: {
  ledger: LedgerStore;
  scope: ClusterScope;
  query: ParsedRouteQuery<typeof listCollectionsRoute>;
  position: Position | undefined;
}): Promise<{
  rows: LedgerEntry[];
  hasNext: boolean;
  hasPrevious: boolean;
  total: number;
}> {
  const { ledger, scope, query, position } = options;
  const { order, limit } = query;
  const filter = {
    clusters: query.cluster,
    collectors: query.collector,
    outcomes: query.outcome,
    narrow: scope.narrow,
  };
  const at = position && {
    startedAt: Number(position.key[0]),
    id: String(position.key[1]),
  };
  const backwards = position?.direction === 'before';
  const [found, total] = await Promise.all([
    ledger.list({
      ...filter,
      order,
      limit: limit + 1,
      ...(backwards ? { before: at } : { after: at }),
    }),
    ledger.count(filter),
  ]);
  const more = found.length > limit;
  return backwards
    ? { rows: found.slice(-limit), hasNext: true, hasPrevious: more, total }
    : {
        rows: found.slice(0, limit),
        hasNext: more,
        hasPrevious: position !== undefined,
        total,
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
