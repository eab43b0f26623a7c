import { z } from 'zod/v4';
import {
  CLUSTER_COLUMNS,
  RUN_COLUMNS,
  UNOWNED_COLUMNS,
  WORKLOAD_COLUMNS,
} from '../fleet/columnIds';

/** Which columns of a list are shown, in which order, as app-config says it. */
const columnsOf = <Id extends string>(ids: readonly [Id, ...Id[]]) =>
  z.array(z.enum(ids)).optional();

/** `columns` of `sub-page:platform/fleet`: list by list. */
export const fleetColumnsConfig = z
  .strictObject({
    clusters: columnsOf(CLUSTER_COLUMNS),
    workloads: columnsOf(WORKLOAD_COLUMNS),
    runs: columnsOf(RUN_COLUMNS),
  })
  .optional();

/** `columns` of `sub-page:platform/workloads`. */
export const workloadColumnsConfig = columnsOf(WORKLOAD_COLUMNS);

/** `columns` of `sub-page:platform/unowned`. */
export const unownedColumnsConfig = columnsOf(UNOWNED_COLUMNS);
