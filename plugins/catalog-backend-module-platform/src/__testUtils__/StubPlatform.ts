import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
  type HttpAuthService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  getFleetSummaryRoute,
  listClustersRoute,
  listEntityClustersRoute,
  type ApiRoute,
  type Cluster,
} from '@roadbed/backstage-plugin-platform-common';
import PromiseRouter from 'express-promise-router';

const NOW = '2026-08-22T10:00:00.000Z';

/** So small that every list has several pages. */
const PAGE = 2;

/** A cluster that was collected, and of which little else is known. */
export function cluster(name: string, more: Partial<Cluster> = {}): Cluster {
  return {
    id: name,
    name,
    state: 'fresh',
    reasons: [],
    attributes: {},
    entityRef: null,
    version: null,
    support: {
      state: 'unknown',
      calendar: 'kubernetes',
      nextEnd: null,
      conflict: false,
    },
    nodes: null,
    namespaces: null,
    workloads: { total: 1, notReady: 0 },
    pods: null,
    oldestDataAt: null,
    newestDataAt: null,
    ...more,
  };
}

/** A platform plugin that answers what a test wants, page by page, over HTTP. */
export class StubPlatform {
  clusters: Cluster[] = [];
  /** Which entities run on which clusters. */
  running: Array<[entityRef: string, cluster: string]> = [];
  clusterListAsOf: string | null = NOW;
  catalogIndexAsOf: string | null = NOW;
  /** Throws for requests that should fail. */
  fail: (path: string, cursor: string | undefined) => void = () => {};

  /** Every request fails from now on, as if the plugin was down. */
  goDown(): void {
    this.fail = () => {
      throw new ServiceUnavailableError('down');
    };
  }

  /** Every request works again. */
  comeBack(): void {
    this.fail = () => {};
  }

  plugin(): BackendFeature {
    const createRouter = (httpAuth: HttpAuthService) =>
      this.#createRouter(httpAuth);
    return createBackendPlugin({
      pluginId: 'platform',
      register(env) {
        env.registerInit({
          deps: {
            http: coreServices.httpRouter,
            httpAuth: coreServices.httpAuth,
          },
          async init({ http, httpAuth }) {
            http.use(createRouter(httpAuth));
          },
        });
      },
    });
  }

  #createRouter(httpAuth: HttpAuthService) {
    const router = PromiseRouter();
    const answer = (
      route: ApiRoute,
      bodyOf: (cursor: string | undefined) => object,
    ) =>
      router.get(route.path, async (req, res) => {
        const { principal } = await httpAuth.credentials(req, {
          allow: ['service'],
        });
        expect(principal.subject).toBe('plugin:catalog');
        const query: any = route.query.parse(req.query);
        this.fail(route.path, query.cursor);
        res.json(route.response.parse(bodyOf(query.cursor)));
      });
    answer(getFleetSummaryRoute, () => this.#summary());
    answer(listClustersRoute, cursor =>
      page(this.clusters, { keyOf: ({ name }) => name, cursor }),
    );
    answer(listEntityClustersRoute, cursor => ({
      ...page(
        this.running.map(([entityRef, on]) => ({
          entityRef,
          cluster: on,
          workloads: 1,
        })),
        { keyOf: row => `${row.cluster} ${row.entityRef}`, cursor },
      ),
      catalogIndex: { asOf: this.catalogIndexAsOf },
    }));
    return router;
  }

  #summary() {
    const none = { total: 0, ready: 0, unknownClusters: 0 };
    return {
      asOf: NOW,
      clusters: { total: this.clusters.length, byState: {} },
      nodes: none,
      workloads: { total: 0, notReady: 0, unknownClusters: 0 },
      pods: none,
      ownership: null,
      catalogIndex: { asOf: this.catalogIndexAsOf },
      support: {},
      oldestDataAt: null,
      newestDataAt: null,
      versions: [],
      attention: [],
      clusterList: { asOf: this.clusterListAsOf },
    };
  }
}

/** A page behind a key, like the real ones: what is added elsewhere moves nothing. */
function page<T>(
  rows: T[],
  options: { keyOf(row: T): string; cursor: string | undefined },
) {
  const { keyOf, cursor = '' } = options;
  const rest = rows
    .filter(row => keyOf(row) > cursor)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const items = rest.slice(0, PAGE);
  return {
    items,
    pageInfo: rest.length > PAGE ? { nextCursor: keyOf(items[PAGE - 1]) } : {},
    totalItems: rows.length,
  };
}
