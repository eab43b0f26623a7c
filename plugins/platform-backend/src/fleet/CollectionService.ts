import {
  listCollectionsRoute,
  type Collection,
  type exportCollectionsRoute,
  type ParsedRouteQuery,
  type RouteResponse,
} from '@roadbed/backstage-plugin-platform-common';
import type { LedgerStore } from '../collect/store/LedgerStore';
import type { Cursors } from '../http/Cursors';
import type { Caller } from './access/Caller';
import { ledgerFilter, toCollection } from './collectionList';
import { everyPage } from './exports/everyPage';
import { pageInfo, positionOf } from './pageInfo';

const { operationId } = listCollectionsRoute;

/** The ledger of collection, as far as a caller may see its clusters. */
export class CollectionService {
  constructor(
    private readonly options: { ledger: LedgerStore; cursors: Cursors },
  ) {}

  async list(
    query: ParsedRouteQuery<typeof listCollectionsRoute>,
    caller: Caller,
  ): Promise<RouteResponse<typeof listCollectionsRoute>> {
    const [page, totalItems] = await Promise.all([
      this.#page(query, caller),
      this.options.ledger.count(ledgerFilter(query, caller.clusters)),
    ]);
    return { ...page, totalItems };
  }

  /** The runs that pass the filters, for an export. */
  async *export(
    query: ParsedRouteQuery<typeof exportCollectionsRoute>,
    caller: Caller,
  ): AsyncIterable<Collection> {
    yield* everyPage(place => this.#page({ ...query, ...place }, caller));
  }

  async #page(
    query: ParsedRouteQuery<typeof listCollectionsRoute>,
    { clusters: scope }: Caller,
  ) {
    const { ledger, cursors } = this.options;
    const { order, limit } = query;
    const page = await ledger.page({
      filter: ledgerFilter(query, scope),
      order,
      limit,
      position: positionOf(cursors, { operationId, query }, query.cursor),
    });
    return {
      items: page.rows.map(toCollection),
      pageInfo: pageInfo({
        cursors,
        query: { operationId, query },
        page,
        keyOf: entry => ledger.keyOf(entry),
      }),
    };
  }
}
