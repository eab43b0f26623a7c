import { CLUSTER_PLANS, type ClusterPlan } from './clusterPlans';
import { SERVICES, SYSTEMS, TEAMS, type Service } from './company';

/** A catalog entity, as a YAML document holds it. */
export interface CatalogEntity {
  apiVersion: 'backstage.io/v1alpha1';
  kind: string;
  metadata: {
    name: string;
    title?: string;
    description?: string;
    annotations?: Record<string, string>;
    tags?: string[];
  };
  spec: Record<string, unknown>;
}

const DEPARTMENT = 'engineering';

const entity = (
  kind: string,
  metadata: CatalogEntity['metadata'],
  spec: Record<string, unknown>,
): CatalogEntity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata,
  spec,
});

/** The entities of the demo company, by the name of the file that holds them. */
export function catalogFiles(): Record<string, CatalogEntity[]> {
  return {
    'clusters.yaml': clusters(),
    'org.yaml': [...groups(), ...users()],
    'systems.yaml': SYSTEMS.map(system =>
      entity(
        'System',
        { name: system.name, title: system.title },
        { owner: `group:default/${system.owner}` },
      ),
    ),
    'components.yaml': SERVICES.map(service =>
      entity(
        'Component',
        {
          name: service.name,
          description: service.description,
          ...workloadAnnotations(service),
          tags: [service.language.toLowerCase()],
        },
        {
          type: service.name.endsWith('-web') ? 'website' : 'service',
          lifecycle: 'production',
          owner: `group:default/${service.owner}`,
          system: service.system,
        },
      ),
    ),
  };
}

/** What leads from an entity to its workloads. */
function workloadAnnotations(
  service: Service,
): Pick<CatalogEntity['metadata'], 'annotations'> {
  switch (service.ownedBy) {
    case 'label':
      return { annotations: { 'backstage.io/kubernetes-id': service.name } };
    case 'selector':
      return {
        annotations: {
          'backstage.io/kubernetes-namespace': service.system,
          'backstage.io/kubernetes-label-selector': `app.kubernetes.io/instance=${service.name}`,
        },
      };
    case 'broken-selector':
      return {
        annotations: {
          'backstage.io/kubernetes-namespace': service.system,
          'backstage.io/kubernetes-label-selector': `app.kubernetes.io/instance in ${service.name}`,
        },
      };
    default:
      return {};
  }
}

/** The clusters that somebody wrote into the catalog by hand. */
function clusters(): CatalogEntity[] {
  return CLUSTER_PLANS.flatMap(({ name, owner, catalog }: ClusterPlan) =>
    catalog === undefined
      ? []
      : entity(
          'Resource',
          {
            name,
            annotations: {
              ...(catalog.ring && { 'roadbed.dev/ring': catalog.ring }),
              ...(catalog.maintenanceWindow && {
                'roadbed.dev/maintenance-window': catalog.maintenanceWindow,
              }),
            },
          },
          { type: 'kubernetes-cluster', owner: `group:default/${owner}` },
        ),
  );
}

function groups(): CatalogEntity[] {
  return [
    entity(
      'Group',
      { name: DEPARTMENT, title: 'Engineering' },
      { type: 'department', children: TEAMS.map(team => team.name) },
    ),
    ...TEAMS.map(team =>
      entity(
        'Group',
        { name: team.name, title: team.title },
        { type: 'team', parent: DEPARTMENT, children: [] },
      ),
    ),
  ];
}

function users(): CatalogEntity[] {
  const people = TEAMS.flatMap(team =>
    team.members.map(name =>
      entity(
        'User',
        { name },
        {
          profile: {
            displayName: displayName(name),
            email: `${name}@example.com`,
          },
          memberOf: [team.name],
        },
      ),
    ),
  );
  // Who looks at the demo is a guest of the platform team.
  const guest = entity(
    'User',
    { name: 'guest' },
    { profile: { displayName: 'Guest' }, memberOf: ['team-core'] },
  );
  return [...people, guest];
}

function displayName(name: string): string {
  return name
    .split('.')
    .map(part => part[0].toUpperCase() + part.slice(1))
    .join(' ');
}
