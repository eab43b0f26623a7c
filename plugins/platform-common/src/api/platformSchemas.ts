import type { z } from 'zod';
import {
  attributeSchema,
  clusterDaySchema,
  clusterDetailSchema,
  clusterReasonSchema,
  clusterSchema,
  clusterStateSchema,
  clusterVersionSchema,
  nodePoolSchema,
} from '../fleet/clusterSchemas';
import {
  collectionSchema,
  coverageProblemSchema,
  coverageSchema,
} from '../fleet/coverageSchemas';
import {
  fleetSummarySchema,
  healthCheckSchema,
  healthSchema,
  probeSchema,
} from '../fleet/summarySchemas';
import { facetSchema, facetsSchema } from '../fleet/facetSchemas';
import {
  catalogIndexSchema,
  entityClusterSchema,
  entityMatchSchema,
  ownershipHintSchema,
  unownedWorkloadSchema,
} from '../fleet/ownershipSchemas';
import {
  ownershipRuleSchema,
  workloadImageSchema,
  workloadKindSchema,
  workloadOwnerSchema,
  workloadPodsSchema,
  workloadSchema,
  workloadStatusSchema,
} from '../fleet/workloadSchemas';

/** A schema that has a name of its own in the OpenAPI document. @public */
export interface NamedSchema {
  name: string;
  schema: z.ZodType;
  /** One or two sentences for readers of the document. */
  description: string;
}

const named = (
  name: string,
  schema: z.ZodType,
  description: string,
): NamedSchema => ({ name, schema, description });

/** What the answers of the platform plugin are made of. @public */
export const platformSchemas: readonly NamedSchema[] = Object.freeze([
  named(
    'FleetSummary',
    fleetSummarySchema,
    'The fleet in one answer. Sums count the clusters whose figure is known; unknownClusters have none.',
  ),
  named(
    'Cluster',
    clusterSchema,
    'A cluster as the fleet lists it. null means not known, never zero.',
  ),
  named(
    'ClusterDetail',
    clusterDetailSchema,
    'Everything that is known about one cluster.',
  ),
  named(
    'ClusterState',
    clusterStateSchema,
    'How far the stored picture of a cluster can be trusted, worst first.',
  ),
  named(
    'ClusterReason',
    clusterReasonSchema,
    'Why a cluster is in its state: a code for programs, words for people, what to do about it, and since when.',
  ),
  named(
    'ClusterAttribute',
    attributeSchema,
    'A fact about a cluster together with where it comes from.',
  ),
  named(
    'ClusterVersion',
    clusterVersionSchema,
    'The Kubernetes version. Strings all the way: 1.10 is not 1.1.',
  ),
  named('ClusterDay', clusterDaySchema, 'One day in the life of a cluster.'),
  named('NodePool', nodePoolSchema, 'Nodes that belong together.'),
  named(
    'Coverage',
    coverageSchema,
    'What one collector has from one cluster, and how old that is.',
  ),
  named(
    'CoverageProblem',
    coverageProblemSchema,
    'What stands in the way of a collector, with the RBAC rule that would help where that is the cause.',
  ),
  named(
    'Collection',
    collectionSchema,
    'One run of one collector against one cluster: a row of the ledger.',
  ),
  named(
    'Workload',
    workloadSchema,
    'A workload of the fleet. null means not known, never zero.',
  ),
  named('WorkloadKind', workloadKindSchema, 'The kinds that are collected.'),
  named('WorkloadStatus', workloadStatusSchema, 'The verdict on a workload.'),
  named(
    'WorkloadImage',
    workloadImageSchema,
    'An image of the pod template, with the digests that its pods really run.',
  ),
  named(
    'WorkloadPods',
    workloadPodsSchema,
    'The pods of a workload, added up.',
  ),
  named(
    'WorkloadOwner',
    workloadOwnerSchema,
    'An entity that a workload belongs to, and why.',
  ),
  named(
    'OwnershipRule',
    ownershipRuleSchema,
    'What makes a workload an entity’s, the strongest first.',
  ),
  named(
    'UnownedWorkload',
    unownedWorkloadSchema,
    'A workload that belongs to no entity, and what would change that.',
  ),
  named(
    'OwnershipHint',
    ownershipHintSchema,
    'What to add to a workload or its namespace so that it is owned.',
  ),
  named(
    'CatalogIndex',
    catalogIndexSchema,
    'How far the copy of the catalog that ownership is decided by can be trusted.',
  ),
  named(
    'EntityCluster',
    entityClusterSchema,
    'A cluster that an entity runs on.',
  ),
  named(
    'EntityMatch',
    entityMatchSchema,
    'How the workloads of an entity are found, and which of its annotations can not be used.',
  ),
  named('Facets', facetsSchema, 'What a list can be filtered by.'),
  named('Facet', facetSchema, 'The values of one filter, with counts.'),
  named('Health', healthSchema, 'Whether Roadbed itself is well.'),
  named(
    'HealthCheck',
    healthCheckSchema,
    'One part of Roadbed, and what is wrong with it.',
  ),
  named('Probe', probeSchema, 'All that a probe is told.'),
]);
