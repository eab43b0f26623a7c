import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { MISSING_SINCE_ANNOTATION } from './annotations';
import { clusterEntity, missingClusterEntity } from './clusterEntity';
import { describedCluster, type ClusterResources } from './clusterResources';
import { assignEntityNames } from './entityNames';
import { dependentsOn, type Fleet } from './Fleet';

/** What to tell the catalog, and what to tell people. */
export interface Plan {
  /** Resources as they should be; the catalog finds out which have changed. */
  kept: Entity[];
  /** References of resources that go. */
  removed: string[];
  /** Clusters that have no resource yet. */
  added: string[];
  /** Clusters that are no longer listed and wait for the end of the grace. */
  missing: string[];
  /** Clusters that somebody has written a resource for, with its reference. */
  described: ReadonlyMap<string, string>;
  /** Clusters whose resource is called otherwise, with its name. */
  renamed: ReadonlyMap<string, string>;
}

/**
 * Decides what the resources of the clusters should be.
 *
 * @remarks
 * Only a complete list of clusters comes in here, so that what is not in it is
 * gone; even so its resource goes only after the grace. A resource that
 * somebody has written takes the place of one of ours at once, since nothing is
 * lost with that.
 */
export function planMutation(options: {
  fleet: Fleet;
  resources: ClusterResources;
  /** ms since the epoch. */
  now: number;
  removalGraceMs: number;
  defaultOwner: string;
  pagesUrl: string;
}): Plan {
  const { fleet, resources, now, removalGraceMs, ...settings } = options;
  const { provided, written } = resources;
  const clusterNames = fleet.clusters.map(({ name }) => name);
  const described = describedBy(written);
  const wanted = fleet.clusters.filter(({ name }) => !described.has(name));
  const providedFor = new Map(
    provided.map(entity => [describedCluster(entity)!, entity]),
  );
  const names = assignEntityNames({
    clusters: wanted.map(({ name }) => name),
    held: new Map(
      [...providedFor].map(([cluster, entity]) => [cluster, nameOf(entity)]),
    ),
    taken: takenNames(resources, clusterNames),
  });
  const plan = {
    kept: wanted.map(cluster =>
      clusterEntity({
        cluster,
        name: names.get(cluster.name)!,
        dependents:
          dependentsOn(fleet, cluster.name) ??
          formerDependents(providedFor.get(cluster.name)),
        ...settings,
      }),
    ) as Entity[],
    removed: [] as string[],
    added: wanted
      .map(({ name }) => name)
      .filter(name => !providedFor.has(name)),
    missing: [] as string[],
    described,
    renamed: new Map([...names].filter(([cluster, name]) => cluster !== name)),
  };
  for (const entity of provided) {
    const cluster = describedCluster(entity)!;
    if (described.has(cluster) || names.has(cluster)) {
      // Somebody describes the cluster now, or it goes by another name.
      if (names.get(cluster) !== nameOf(entity)) {
        plan.removed.push(stringifyEntityRef(entity));
      }
      continue;
    }
    const since =
      entity.metadata.annotations?.[MISSING_SINCE_ANNOTATION] ??
      new Date(now).toISOString();
    if (now - Date.parse(since) >= removalGraceMs) {
      plan.removed.push(stringifyEntityRef(entity));
    } else {
      plan.missing.push(cluster);
      plan.kept.push(missingClusterEntity(entity, since));
    }
  }
  return plan;
}

function describedBy(written: readonly Entity[]): Map<string, string> {
  return new Map(
    written.flatMap(resource => {
      const cluster = describedCluster(resource);
      return cluster === undefined
        ? []
        : [[cluster, stringifyEntityRef(resource)] as const];
    }),
  );
}

/** What a resource says that runs on its cluster. */
function formerDependents(entity: Entity | undefined): readonly string[] {
  const dependents = entity?.spec?.dependencyOf;
  return Array.isArray(dependents) ? dependents.map(String) : [];
}

/** Names of the namespace that no listed cluster may be given. */
function takenNames(
  { provided, written }: ClusterResources,
  clusters: readonly string[],
): Set<string> {
  const listed = new Set(clusters);
  return new Set(
    [
      ...written.filter(
        ({ metadata }) => (metadata.namespace ?? 'default') === 'default',
      ),
      ...provided.filter(entity => !listed.has(describedCluster(entity)!)),
    ].map(entity => nameOf(entity).toLowerCase()),
  );
}

function nameOf(entity: Entity): string {
  return entity.metadata.name;
}
