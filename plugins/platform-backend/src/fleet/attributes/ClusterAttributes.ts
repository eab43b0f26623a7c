import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  CLUSTER_ATTRIBUTES,
  effectiveAttribute,
  shortened,
  type AttributeSource,
  type ClusterAttribute,
  type ClusterAttributeName,
} from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import type { CatalogEntity } from '../../catalog/catalogEntity';
import type { CatalogStore } from '../../catalog/CatalogStore';
import {
  chunks,
  insertChunkSize,
  lockForUpdate,
  parseJson,
  toJson,
} from '../../collect/store/dialect';
import type { JsonValueOf } from '../../collect/store/tables';
import type { ClusterSettings } from '../../config/platformConfig';

/** A row of `fleet_cluster_attributes`. */
export interface ClusterAttributeRow {
  cluster_id: number;
  /** A name of an attribute, or `name` or `entity`. */
  attribute: string;
  value: string;
  origin: ClusterAttribute['origin'];
  detail: string | null;
  conflicts: JsonValueOf<AttributeSource[]> | null;
}

interface ShownFacts {
  cluster_id: number;
  provider: JsonValueOf<ClusterAttribute> | null;
  region: JsonValueOf<ClusterAttribute> | null;
}

/**
 * Keeps what counts of each cluster's attributes, in the transactions that
 * change what they are made of: configuration, the catalog, the cluster.
 *
 * @remarks
 * Where resources that people keep disagree, the catalog says nothing: access
 * goes by these values, and whoever comes first must not decide it.
 */
export class ClusterAttributes {
  readonly #settings: ReadonlyMap<string, ClusterSettings>;
  /** Disagreements that the log tells of already. */
  readonly #told = new Set<string>();

  constructor(
    private readonly options: {
      catalog: CatalogStore;
      logger: LoggerService;
      clusters: readonly ClusterSettings[];
    },
  ) {
    this.#settings = new Map(
      options.clusters.map(entry => [entry.name, entry]),
    );
  }

  /**
   * Decides the attributes of clusters again, former ones included.
   *
   * @param ids - `clusters.id`; of all clusters when absent
   */
  async refresh(tx: Knex.Transaction, ids?: readonly number[]): Promise<void> {
    const { catalog } = this.options;
    // Nobody may change the catalog's words or the cluster's between reading
    // them and writing what they come to.
    await catalog.state(tx);
    const only = <T extends Knex.QueryBuilder>(query: T, column: string): T =>
      ids ? (query.whereIn(column, ids as number[]) as T) : query;
    const shown: ShownFacts[] = await lockForUpdate(
      only(tx('fleet_clusters'), 'cluster_id').orderBy('cluster_id'),
    ).select('cluster_id', 'provider', 'region');
    const clusters: Array<{ id: number; name: string }> = await only(
      tx('clusters'),
      'id',
    ).select('id', 'name');
    const stored: ClusterAttributeRow[] = await only(
      tx('fleet_cluster_attributes'),
      'cluster_id',
    );
    const described = await catalog.describing(tx, [
      ...new Set(clusters.map(({ name }) => name)),
    ]);
    const shownById = new Map(shown.map(row => [row.cluster_id, row]));
    const rows = clusters.flatMap(({ id, name }) =>
      attributeRows({
        id,
        name,
        settings: this.#settings.get(name),
        resources: described.filter(entity => entity.describes?.name === name),
        shown: shownById.get(id),
        disagree: sources => this.#tell(name, sources),
      }),
    );
    await write(tx, stored, rows);
  }

  #tell(name: string, sources: readonly AttributeSource[]): void {
    const words = sources
      .map(
        ({ value, detail }) =>
          `${shortened(detail ?? '')} is ${shortened(value)}`,
      )
      .join(', ');
    if (this.#told.has(words)) return;
    this.#told.add(words);
    this.options.logger.warn(
      `Resources of the catalog disagree about cluster "${name}", so none of them counts: ${words}; correct them, say it in platform.fleet.clusters, or name in platform.catalog.clusterLocations whose word counts`,
    );
  }
}

function attributeRows(cluster: {
  id: number;
  name: string;
  settings: ClusterSettings | undefined;
  resources: CatalogEntity[];
  shown: ShownFacts | undefined;
  disagree(sources: readonly AttributeSource[]): void;
}): ClusterAttributeRow[] {
  const { id, name, settings, resources, shown } = cluster;
  // What people keep goes before what Roadbed itself has put into the catalog.
  const [resource] = [...resources].sort(
    (a, b) =>
      Number(b.describes!.handwritten) - Number(a.describes!.handwritten),
  );
  const row = (
    attribute: string,
    { value, origin, detail, conflicts }: ClusterAttribute,
  ): ClusterAttributeRow => ({
    cluster_id: id,
    attribute,
    value,
    origin,
    detail: detail ?? null,
    conflicts: conflicts ? toJson(conflicts) : null,
  });
  const rows = [row('name', { value: name, origin: 'config' })];
  if (resource) {
    rows.push(row('entity', { value: resource.entityRef, origin: 'catalog' }));
  }
  for (const attribute of CLUSTER_ATTRIBUTES) {
    const catalogued = resources.flatMap(kept => said(attribute, kept));
    const isDisputed = new Set(catalogued.map(({ value }) => value)).size > 1;
    if (isDisputed) cluster.disagree(catalogued);
    const effective = effectiveAttribute(attribute, [
      ...configured(attribute, settings),
      ...(isDisputed ? [] : catalogued.slice(0, 1)),
      ...seen(attribute, shown),
    ]);
    if (effective) rows.push(row(attribute, effective));
  }
  return rows;
}

function configured(
  name: ClusterAttributeName,
  settings: ClusterSettings | undefined,
): AttributeSource[] {
  const value = settings?.[name];
  return value === undefined
    ? []
    : [
        {
          value,
          origin: 'config',
          detail: `platform.fleet.clusters, ${name} of ${settings?.name}`,
        },
      ];
}

function said(
  name: ClusterAttributeName,
  resource: CatalogEntity,
): AttributeSource[] {
  const value = resource.describes?.attributes[name];
  return value === undefined
    ? []
    : [
        {
          value,
          origin: 'catalog',
          detail: `${name} of ${resource.entityRef}`,
        },
      ];
}

function seen(
  name: ClusterAttributeName,
  shown: ShownFacts | undefined,
): AttributeSource[] {
  if (name !== 'provider' && name !== 'region') return [];
  const attribute = parseJson(shown?.[name] ?? null);
  return attribute ? [attribute] : [];
}

async function write(
  tx: Knex.Transaction,
  stored: ClusterAttributeRow[],
  rows: ClusterAttributeRow[],
): Promise<void> {
  const before = new Map(stored.map(row => [idOf(row), row]));
  const changed = rows.filter(row => {
    const old = before.get(idOf(row));
    before.delete(idOf(row));
    return !old || contentOf(old) !== contentOf(row);
  });
  for (const { cluster_id, attribute } of before.values()) {
    await tx('fleet_cluster_attributes')
      .where({ cluster_id, attribute })
      .delete();
  }
  for (const part of chunks(changed, insertChunkSize(6))) {
    await tx('fleet_cluster_attributes')
      .insert(part)
      .onConflict(['cluster_id', 'attribute'])
      .merge();
  }
}

function idOf(row: ClusterAttributeRow): string {
  return `${row.cluster_id} ${row.attribute}`;
}

function contentOf(row: ClusterAttributeRow): string {
  const { value, origin, detail, conflicts } = row;
  const sources = parseJson(conflicts)?.map(source => [
    source.value,
    source.origin,
    source.detail ?? null,
  ]);
  return JSON.stringify([value, origin, detail, sources ?? null]);
}
