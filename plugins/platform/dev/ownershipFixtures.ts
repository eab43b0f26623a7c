import { NotFoundError } from '@backstage/errors';
import type {
  EntityCluster,
  EntityMatch,
  OwnershipHint,
  PlatformApi,
  UnownedWorkload,
  Workload,
} from '@roadbed/backstage-plugin-platform-common';
import { answerPage, answerRows, type ListQuestion } from './answers';
import { secondsAgo } from './fixtures';
import { workloadFields } from './listFields';
import {
  catalogIndexOf,
  fleetOf,
  workloadsOf,
  type Situation,
} from './situations';

const hints: OwnershipHint[] = [
  {
    key: 'backstage.io/kubernetes-id',
    value: 'cart',
    target: 'workload',
    entityRef: 'component:default/cart',
    because: 'similar_name',
  },
  {
    key: 'backstage.io/owner',
    value: 'component:shop/price-feed',
    target: 'namespace',
    entityRef: 'component:shop/price-feed',
    title: 'Price feed',
    because: 'same_namespace',
  },
  {
    key: 'backstage.io/kubernetes-id',
    target: 'workload',
    because: 'none',
    problem:
      'label backstage.io/kubernetes-id=card names no entity of the catalog; give the entity the annotation, or correct the label',
  },
];

/** The workloads of a situation that belong to nobody, each with a hint. */
export function unownedOf(situation: Situation): UnownedWorkload[] {
  if (situation === 'healthy') {
    return [];
  }
  return workloadsOf(situation)
    .filter(({ ownership }) => ownership === 'unowned')
    .map((workload, index) => ({
      ...workload,
      hint: hints[index % hints.length],
    }));
}

/** The telling parts of a workload of the entity `cart`. */
interface WorkloadSketch {
  cluster: string;
  name?: string;
  kind?: Workload['kind'];
  image?: string;
  ready?: [ready: number, desired: number];
  status?: Workload['status'];
  podsKnown?: boolean;
}

const sketches: WorkloadSketch[] = [
  {
    cluster: 'shop-prod-us',
    image: 'cart:4.18.1',
    ready: [5, 6],
    status: 'not_ready',
  },
  { cluster: 'edge-prod', ready: [2, 2] },
  { cluster: 'shop-prod-eu', ready: [6, 6] },
  {
    cluster: 'shop-prod-eu',
    name: 'cart-db',
    kind: 'StatefulSet',
    image: 'postgres:16.4',
    ready: [3, 3],
  },
  { cluster: 'data-stage', image: 'cart:4.19.0-rc1', podsKnown: false },
  { cluster: 'shop-dev', image: 'cart:4.19.0-rc1', ready: [1, 1] },
];

function cartWorkloads(situation: Situation): Workload[] {
  const clusters = new Map(fleetOf(situation).map(c => [c.name, c]));
  const [template] = workloadsOf('mixed');
  return sketches.flatMap((sketch, index) => {
    const cluster = clusters.get(sketch.cluster);
    if (!cluster) {
      return [];
    }
    const { name = 'cart', ready, podsKnown = true } = sketch;
    return {
      ...template,
      id: `cart-${index}`,
      cluster: cluster.name,
      clusterState: cluster.state,
      namespace: 'shop',
      kind: sketch.kind ?? 'Deployment',
      name,
      status: sketch.status ?? 'ready',
      statusMessage:
        sketch.status === 'not_ready'
          ? '1 of 6 pods crashes: CrashLoopBackOff.'
          : null,
      ready: ready?.[0] ?? null,
      desired: ready?.[1] ?? null,
      images: [
        {
          container: 'app',
          image: `registry.example/shop/${sketch.image ?? 'cart:4.18.2'}`,
          digests: null,
        },
      ],
      pods: podsKnown ? template.pods : null,
      asOf: cluster.oldestDataAt,
      ownership: 'owned',
      owners: [
        {
          entityRef: 'component:default/cart',
          ownerRef: 'group:default/team-cart',
          rule: 'kubernetes-id',
          detail: 'label backstage.io/kubernetes-id=cart',
        },
      ],
    };
  });
}

function matchOf(kind: string, name: string): EntityMatch {
  const through: Record<string, EntityMatch['through']> = {
    group: 'owner',
    user: 'owner',
    system: 'system',
    resource: 'cluster',
  };
  const selectors =
    kind !== 'component' || name === 'docs'
      ? []
      : [{ annotation: 'backstage.io/kubernetes-id', value: name }];
  return {
    through: through[kind] ?? 'entity',
    selectors,
    problems:
      name === 'search'
        ? [
            {
              annotation: 'backstage.io/kubernetes-label-selector',
              value: 'app in (search',
              message:
                'Expected ")" at the end of the set. Write "app in (search)".',
            },
          ]
        : [],
  };
}

function rowsOf(situation: Situation, kind: string, name: string): Workload[] {
  const { asOf } = catalogIndexOf(situation);
  if (asOf === null || ['docs', 'jobs'].includes(name)) {
    return [];
  }
  if (kind === 'component') {
    return cartWorkloads(situation);
  }
  const ofCluster = kind === 'resource';
  return workloadsOf(situation).filter(({ cluster, ownership }) =>
    ofCluster ? cluster === name : ownership === 'owned',
  );
}

function clustersOf(situation: Situation, rows: Workload[]): EntityCluster[] {
  return fleetOf(situation).flatMap(cluster => {
    const own = rows.filter(row => row.cluster === cluster.name);
    return own.length === 0
      ? []
      : {
          name: cluster.name,
          environment: cluster.attributes.environment?.value ?? null,
          state: cluster.state,
          reason: cluster.reasons[0]?.message ?? null,
          workloads: own.length,
          notReady: own.filter(({ status }) =>
            ['failed', 'not_ready'].includes(status),
          ).length,
          oldestDataAt: cluster.oldestDataAt,
        };
  });
}

type Params = Parameters<PlatformApi['listEntityWorkloads']>[0];

/** All workloads of an entity that answer a question. */
export function entityRows(
  situation: Situation,
  params: Params,
  question: ListQuestion,
): Workload[] {
  return answerRows(
    rowsOf(situation, params.kind, params.name),
    workloadFields,
    { sort: 'status', ...question },
  );
}

/** Where an entity runs, in a situation. */
export function answerEntityWorkloads(
  situation: Situation,
  params: Params,
  question: ListQuestion,
) {
  const { kind, namespace, name } = params;
  const entityRef = `${kind}:${namespace}/${name}`;
  if (name === 'old') {
    throw new NotFoundError(`No entity ${entityRef}`);
  }
  const rows = rowsOf(situation, kind, name);
  const clusters = clustersOf(situation, rows);
  return {
    ...answerPage(entityRows(situation, params, question), question),
    entityRef,
    asOf: secondsAgo(0),
    match: matchOf(kind, name),
    catalogIndex: catalogIndexOf(situation),
    clusters,
    totals: {
      clusters: clusters.length,
      workloads: rows.length,
      notReady: clusters.reduce((sum, { notReady }) => sum + notReady, 0),
    },
  };
}
