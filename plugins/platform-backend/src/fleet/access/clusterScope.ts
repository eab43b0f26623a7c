import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { PlatformClusterCriterion } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import type { ClusterScope } from './Caller';

const ATTRIBUTES = 'fleet_cluster_attributes as access_attribute';

/**
 * Turns the conditions of a decision into SQL over the attributes of clusters.
 *
 * @remarks
 * A cluster whose attributes have not been resolved yet passes no condition,
 * not even a negated one: it has no row `name`.
 */
export function clusterScope(
  criteria: PermissionCriteria<PlatformClusterCriterion>,
): ClusterScope {
  return {
    narrow(query, clusterId) {
      query.where(scoped => {
        scoped.whereExists(attribute(clusterId, 'name'));
        scoped.where(inner => addCriteria(inner, criteria, clusterId));
      });
    },
  };
}

function addCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<PlatformClusterCriterion>,
  clusterId: string,
): void {
  // A group without terms would be no condition at all.
  if ('anyOf' in criteria) {
    query.whereRaw('1 = 0');
    for (const inner of criteria.anyOf) {
      query.orWhere(part => addCriteria(part, inner, clusterId));
    }
  } else if ('allOf' in criteria) {
    query.whereRaw('1 = 1');
    for (const inner of criteria.allOf) {
      query.andWhere(part => addCriteria(part, inner, clusterId));
    }
  } else if ('not' in criteria) {
    query.whereNot(part => addCriteria(part, criteria.not, clusterId));
  } else {
    const { attribute: name, values } = criteria;
    query.whereExists(attribute(clusterId, name, values));
  }
}

/** The row of an attribute of the cluster, if it has one of the values. */
function attribute(clusterId: string, name: string, values?: string[]) {
  return (row: Knex.QueryBuilder) => {
    row
      .select('access_attribute.cluster_id')
      .from(ATTRIBUTES)
      .whereRaw('?? = ??', ['access_attribute.cluster_id', clusterId])
      .where('access_attribute.attribute', name);
    if (values) row.whereIn('access_attribute.value', values);
  };
}
