/** The texts of the page of workloads that belong to no entity. */
export const unownedMessages = {
  title: 'Unowned',
  question: 'What belongs to nobody, and what would change that',
  subject: 'the workloads without an owner',
  list: 'Workloads without an owner',
  search: 'Search workloads by name',
  catalogRead: 'catalog read',
  tiles: {
    label: 'Ownership',
    share: {
      words: 'of workloads have an owner',
      sub: '{{owned}} of {{total}}',
      formula:
        'Workloads that belong to at least one entity of the catalog, divided by all workloads that were collected.',
    },
    cluster: {
      words: 'on {{name}}, the most on one cluster',
      only: 'on {{name}} alone',
      none: 'no cluster has any',
      formula:
        'Workloads without an owner by cluster; the cluster with the most.',
    },
    namespace: {
      words: 'in {{name}}, the most in one namespace',
      only: 'in {{name}} alone',
      none: 'no namespace has any',
      formula:
        'Workloads without an owner by the name of their namespace over all clusters; the name with the most.',
    },
    shareOf: '{{share}} of those without an owner',
  },
  columns: {
    name: 'Workload',
    namespace: 'Namespace',
    cluster: 'Cluster',
    hint: 'What would change that',
    resembles: 'Resembles',
    data: 'Data',
  },
  hint: {
    workload: 'Label the workload:',
    namespace: 'Annotate its namespace:',
    value: 'name of its entity',
    show: 'How to add it',
    title: 'Give {{name}} an owner',
    manifest: {
      workload: 'In the manifest of the {{kind}}:',
      namespace: 'In the manifest of the namespace:',
    },
    command: 'Or at once, until the manifest is applied again:',
    choose:
      'Nothing in the catalog resembles it. Put the entity it belongs to in place of {{placeholder}}.',
    copyManifest: 'Copy YAML',
    copyCommand: 'Copy command',
  },
  because: {
    same_name: 'called like the workload',
    same_image: 'called like its image',
    part_of: 'named by its app.kubernetes.io labels',
    similar_name: 'called nearly like the workload',
    same_namespace: 'owns other workloads of the namespace',
    none: 'nothing in the catalog',
  },
  empty: {
    title: 'Everything has an owner',
    text: 'Each workload that was collected belongs to an entity of the catalog.',
    noWorkloads: 'No workloads yet',
    noWorkloadsText:
      'None has been collected, or you may not see the clusters that run them.',
  },
} as const;
