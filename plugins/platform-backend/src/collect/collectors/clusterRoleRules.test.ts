import { builtInCollectors, clusterRoleRules } from '.';

describe('clusterRoleRules', () => {
  it('reads and never writes, and names no secrets, no config maps and no wildcards', () => {
    const rules = clusterRoleRules(builtInCollectors);
    const named = rules.flatMap(rule =>
      'resources' in rule ? [...rule.resources, ...rule.apiGroups] : [],
    );
    expect(new Set(rules.flatMap(rule => rule.verbs))).toEqual(
      new Set(['get', 'list']),
    );
    expect(
      named.filter(name => ['secrets', 'configmaps', '*'].includes(name)),
    ).toEqual([]);
  });

  it('has what the built-in collectors declare, in a stable order', () => {
    const rules = clusterRoleRules(builtInCollectors);
    expect(rules).toEqual(clusterRoleRules([...builtInCollectors].reverse()));
    expect(rules).toContainEqual({
      apiGroups: ['apps'],
      resources: ['daemonsets', 'deployments', 'statefulsets'],
      verbs: ['list'],
    });
    expect(rules).toContainEqual({
      nonResourceURLs: [
        '/api',
        '/api/*',
        '/apis',
        '/apis/*',
        '/readyz',
        '/version',
      ],
      verbs: ['get'],
    });
  });

  it('always allows to tell one cluster from another', () => {
    expect(clusterRoleRules([])).toEqual([
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
    ]);
  });
});
