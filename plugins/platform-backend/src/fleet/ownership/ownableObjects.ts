import {
  OWNERSHIP_ANNOTATIONS,
  type Labels,
  type NamespaceOwner,
  type OwnableObject,
} from '@roadbed/backstage-plugin-platform-common';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import {
  isPostgres,
  parseJson,
  whereInArray,
} from '../../collect/store/dialect';
import type { JsonValueOf } from '../../collect/store/tables';

/** What of an observed object ownership is decided by. */
export interface OwnershipDocument {
  labels?: Labels;
  annotations?: Labels;
  templateLabels?: Labels;
  ownerReferences?: Array<{
    kind?: string;
    name?: string;
    uid?: string;
    controller?: boolean;
  }>;
}

/** An observed object with no more than that. */
export interface OwnableRow {
  key: string;
  namespace: string | null;
  name: string;
  doc: OwnershipDocument;
}

const FIELDS: ReadonlyArray<keyof OwnershipDocument> = [
  'labels',
  'annotations',
  'templateLabels',
  'ownerReferences',
];

/** An observed object, without the parts that say nothing about ownership. */
export function ownableRow(object: ObservedObject): OwnableRow {
  return { ...object, doc: object.doc as unknown as OwnershipDocument };
}

/** As the rules of ownership want it. */
export function ownableObject(
  cluster: string,
  { namespace, doc }: OwnableRow,
): OwnableObject {
  return {
    cluster,
    namespace: namespace ?? '',
    labels: doc.labels ?? {},
    annotations: doc.annotations ?? {},
    templateLabels: doc.templateLabels ?? {},
  };
}

/** The object that made this one: the controller, or else the first owner. */
export function parentOf({ doc }: OwnableRow) {
  const owners = doc.ownerReferences ?? [];
  return owners.find(({ controller }) => controller) ?? owners[0];
}

/** Reads objects, but of their documents only what ownership needs. */
export async function readOwnable(
  db: Knex | Knex.Transaction,
  from: {
    clusterId: number;
    collectors: readonly string[];
    /** Only these; all of them when absent. */
    keys?: readonly string[];
    namespaces?: readonly string[];
    /** One page of so many, after this key. */
    page?: { after: string; limit: number };
  },
): Promise<OwnableRow[]> {
  const query = db('observed_objects')
    .where({ cluster_id: from.clusterId })
    .whereIn('collector', from.collectors)
    .select('key', 'namespace', 'name')
    .select(
      FIELDS.map(field =>
        isPostgres(db)
          ? db.raw('doc -> ?::text as ??', [field, field])
          : db.raw('json_extract(doc, ?) as ??', [`$.${field}`, field]),
      ),
    );
  if (from.keys) whereInArray(query, 'key', from.keys);
  if (from.namespaces) whereInArray(query, 'namespace', from.namespaces);
  if (from.page) {
    query
      .where('key', '>', from.page.after)
      .orderBy('key')
      .limit(from.page.limit);
  }
  type Row = Omit<OwnableRow, 'doc'> &
    Record<keyof OwnershipDocument, JsonValueOf<object> | null>;
  const rows: Row[] = await query;
  return rows.map(({ key, namespace, name, ...fields }) => ({
    key,
    namespace,
    name,
    doc: Object.fromEntries(
      FIELDS.map(field => [field, parseJson(fields[field]) ?? undefined]),
    ) as OwnershipDocument,
  }));
}

/** What the namespaces of a cluster say about their owners, by their names. */
export async function namespaceOwners(
  db: Knex | Knex.Transaction,
  clusterId: number,
): Promise<Map<string, NamespaceOwner>> {
  const rows = await readOwnable(db, { clusterId, collectors: ['namespaces'] });
  const owners = new Map<string, NamespaceOwner>();
  for (const { name, doc } of rows) {
    const { owner } = OWNERSHIP_ANNOTATIONS;
    const annotation = doc.annotations?.[owner];
    const value = annotation || doc.labels?.[owner];
    if (value) {
      owners.set(name, {
        source: annotation ? 'annotation' : 'label',
        value,
      });
    }
  }
  return owners;
}
