import {
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  ClusterDetail,
  FleetSummary,
  Health,
  PlatformApi,
} from '@roadbed/backstage-plugin-platform-common';
import type {
  ClustersQuery,
  CollectionsQuery,
  EntityWorkloadsQuery,
  UnownedQuery,
  WorkloadsQuery,
} from '../src/api/platformApiRef';
import {
  answerCsv,
  answerFacets,
  answerPage,
  answerRows,
  type ListQuestion,
} from './answers';
import { collectionsOf, detailOf, secondsAgo } from './fixtures';
import { clusterFields, collectionFields, workloadFields } from './listFields';
import {
  answerEntityWorkloads,
  entityRows,
  unownedOf,
} from './ownershipFixtures';
import {
  catalogIndexOf,
  fleetOf,
  summaryOfSituation,
  workloadsOf,
  type Situation,
} from './situations';

type EntityParams = Parameters<PlatformApi['listEntityWorkloads']>[0];

/** The answer to somebody who asks again too soon. */
async function tooSoon(): Promise<ResponseError> {
  const response = new Response(
    JSON.stringify({
      error: {
        name: 'TooManyRequestsError',
        message: 'The cluster was collected on request 20 seconds ago',
      },
      response: { statusCode: 429 },
    }),
    {
      status: 429,
      statusText: 'Too Many Requests',
      headers: { 'Content-Type': 'application/json', 'Retry-After': '40' },
    },
  );
  return ResponseError.fromResponse(response);
}

/** The API over the fixture fleet, for the development pages and the tests. */
export class FixtureApi implements PlatformApi {
  readonly #situation: Situation;
  /** What was answered once already, for the situation `stale`. */
  readonly #answered = new Set<string>();
  /** When collecting was asked for, by cluster; milliseconds since the epoch. */
  readonly #collectedAt = new Map<string, number>();

  constructor(situation: Situation = 'mixed') {
    this.#situation = situation;
  }

  async getFleetSummary(): Promise<FleetSummary> {
    await this.#admit('summary');
    return summaryOfSituation(this.#situation);
  }

  async listClusters(query: ClustersQuery = {}) {
    const question = query as ListQuestion;
    await this.#admit(`clusters ${JSON.stringify(query)}`);
    return answerPage(this.#clusters(question), question);
  }

  async exportClusters(query: ClustersQuery = {}): Promise<string> {
    await this.#admit('clusters.csv');
    return answerCsv(this.#clusters(query as ListQuestion), clusterFields);
  }

  async getClusterFacets(query: ClustersQuery = {}) {
    await this.#admit(`cluster facets ${JSON.stringify(query)}`);
    return answerFacets(
      fleetOf(this.#situation),
      clusterFields,
      query as ListQuestion,
    );
  }

  async getCluster({ id }: { id: string }): Promise<ClusterDetail> {
    await this.#admit(`cluster ${id}`);
    const cluster = fleetOf(this.#situation).find(({ name }) => name === id);
    if (!cluster) {
      throw new NotFoundError(`No cluster is called "${id}"`);
    }
    const detail = detailOf(cluster);
    const collectedAt = this.#collectedAt.get(id);
    if (collectedAt === undefined) {
      return detail;
    }
    // One more collector has run with every second that has gone by.
    const done = (Date.now() - collectedAt) / 1000;
    return {
      ...detail,
      coverage: detail.coverage.map((coverage, index) =>
        index < done
          ? { ...coverage, lastAttemptAt: secondsAgo(done - index) }
          : coverage,
      ),
    };
  }

  async collectCluster({ id }: { id: string }) {
    const { coverage } = await this.getCluster({ id });
    if (this.#situation === 'busyCollect' || this.#collectedAt.has(id)) {
      throw await tooSoon();
    }
    if (this.#situation === 'forbiddenCollect') {
      throw new NotAllowedError('Unauthorized');
    }
    this.#collectedAt.set(id, Date.now());
    return { cluster: id, queued: coverage.length, skipped: 0 };
  }

  async listWorkloads(query: WorkloadsQuery = {}) {
    const question = query as ListQuestion;
    await this.#admit(`workloads ${JSON.stringify(query)}`);
    return answerPage(this.#workloads(question), question);
  }

  async exportWorkloads(query: WorkloadsQuery = {}): Promise<string> {
    await this.#admit('workloads.csv');
    return answerCsv(this.#workloads(query as ListQuestion), workloadFields);
  }

  async getWorkloadFacets(query: WorkloadsQuery = {}) {
    await this.#admit(`workload facets ${JSON.stringify(query)}`);
    return answerFacets(
      workloadsOf(this.#situation),
      workloadFields,
      query as ListQuestion,
    );
  }

  async listCollections(query: CollectionsQuery = {}) {
    const question = query as ListQuestion;
    await this.#admit(`collections ${JSON.stringify(query)}`);
    return answerPage(this.#collections(question), question);
  }

  async exportCollections(query: CollectionsQuery = {}): Promise<string> {
    await this.#admit('collections.csv');
    return answerCsv(
      this.#collections(query as ListQuestion),
      collectionFields,
    );
  }

  async listUnownedWorkloads(query: UnownedQuery = {}) {
    const question = query as ListQuestion;
    await this.#admit(`unowned ${JSON.stringify(query)}`);
    return {
      ...answerPage(this.#unowned(question), question),
      catalogIndex: catalogIndexOf(this.#situation),
    };
  }

  async exportUnownedWorkloads(query: UnownedQuery = {}): Promise<string> {
    await this.#admit('unowned.csv');
    return answerCsv(this.#unowned(query as ListQuestion), workloadFields);
  }

  async getUnownedFacets(query: UnownedQuery = {}) {
    await this.#admit(`unowned facets ${JSON.stringify(query)}`);
    return answerFacets(
      unownedOf(this.#situation),
      workloadFields,
      query as ListQuestion,
    );
  }

  async listEntityWorkloads(
    params: EntityParams,
    query: EntityWorkloadsQuery = {},
  ) {
    await this.#admit(`entity ${JSON.stringify([params, query])}`);
    return answerEntityWorkloads(
      this.#situation,
      params,
      query as ListQuestion,
    );
  }

  async exportEntityWorkloads(
    params: EntityParams,
    query: EntityWorkloadsQuery = {},
  ): Promise<string> {
    await this.#admit('entity.csv');
    return answerCsv(
      entityRows(this.#situation, params, query as ListQuestion),
      workloadFields,
    );
  }

  async listEntityClusters() {
    return this.#notYet();
  }

  async getHealth(): Promise<Health> {
    throw new ServiceUnavailableError('The fixture fleet has no backend');
  }

  #notYet(): never {
    throw new NotImplementedError('The fixture fleet does not answer this yet');
  }

  #clusters(question: ListQuestion) {
    return answerRows(fleetOf(this.#situation), clusterFields, question);
  }

  #unowned(question: ListQuestion) {
    return answerRows(unownedOf(this.#situation), workloadFields, question);
  }

  #workloads(question: ListQuestion) {
    return answerRows(workloadsOf(this.#situation), workloadFields, question);
  }

  #collections(question: ListQuestion) {
    const [cluster] = [question.cluster ?? ''].flat() as string[];
    const rows = fleetOf(this.#situation).some(({ name }) => name === cluster)
      ? collectionsOf(cluster)
      : [];
    return answerRows(rows, collectionFields, { sort: 'started', ...question });
  }

  /** Answers, refuses, breaks or keeps silent, as the situation has it. */
  async #admit(question: string): Promise<void> {
    switch (this.#situation) {
      case 'loading':
        await new Promise(() => {});
        break;
      case 'forbidden':
        throw new NotAllowedError('Unauthorized');
      case 'broken':
        throw new ServiceUnavailableError('The database does not answer');
      case 'stale':
        if (this.#answered.has(question)) {
          throw new ServiceUnavailableError('The database does not answer');
        }
        this.#answered.add(question);
        break;
      default:
    }
  }
}
