/** The type of resources that stand for clusters. */
export const CLUSTER_TYPE = 'kubernetes-cluster';

/** The name of the cluster that a resource describes, as Roadbed lists it. */
export const CLUSTER_ANNOTATION = 'roadbed.dev/cluster';

/** Marks resources that this module keeps; `true` is its only value. */
export const PROVIDED_ANNOTATION = 'roadbed.dev/provided';

/** Since when Roadbed no longer lists the cluster of a resource, ISO 8601. */
export const MISSING_SINCE_ANNOTATION = 'roadbed.dev/missing-since';

/** Where the resources of this module come from. */
export const CLUSTERS_LOCATION = 'platform:clusters';
