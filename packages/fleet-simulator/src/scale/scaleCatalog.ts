import { stringify } from 'yaml';
import { serviceName, SERVICES, teamName, TEAMS } from './planFleet';

const API_VERSION = 'backstage.io/v1alpha1';

function scaleEntities() {
  const groups = Array.from({ length: TEAMS }, (_, index) => ({
    apiVersion: API_VERSION,
    kind: 'Group',
    metadata: { name: teamName(index) },
    spec: { type: 'team', children: [] },
  }));
  const components = Array.from({ length: SERVICES }, (_, index) => ({
    apiVersion: API_VERSION,
    kind: 'Component',
    metadata: {
      name: serviceName(index),
      annotations: { 'backstage.io/kubernetes-id': serviceName(index) },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `group:default/${teamName(index)}`,
    },
  }));
  return [...groups, ...components];
}

/** The owners and the services of a generated fleet, as one file of catalog entities. */
export function scaleCatalogYaml(): string {
  return scaleEntities()
    .map(entity => stringify(entity))
    .join('---\n');
}
