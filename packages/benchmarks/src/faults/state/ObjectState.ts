/** What is compared of one object. */
export interface ObjectState {
  namespace: string | null;
  name: string;
  /** The fields that both sides know, as one text. */
  facts: string;
  /** How many objects of the cluster it stands for: sums stand for many. */
  weight: number;
}

/** The objects of one collector in one cluster, by key. */
export type Objects = ReadonlyMap<string, ObjectState>;

/** The objects of one cluster, by collector. */
export type ClusterObjects = ReadonlyMap<string, Objects>;

/** What a cluster has at one moment. */
export interface TrueCluster {
  objects: ClusterObjects;
  /** The newest `resourceVersion` there is: a list of it or a later one has seen everything. */
  revision: number;
}

/** Of a collector that has none. */
export const NO_OBJECTS: Objects = new Map();

/** Fields as a text that is equal when they are. */
export function factsOf(fields: Record<string, unknown>): string {
  return Object.keys(fields)
    .sort()
    .map(name => `${name}=${JSON.stringify(fields[name])}`)
    .join(' ');
}
