import { builtInCollectors, clusterRoleRules } from '.';

describe('clusterRoleRules', () => {
  it('reads and never writes, and names no secrets, no config maps and no wildcards', () => {
    for (const rule of clusterRoleRules(builtInCollectors)) {
      expect(['get', 'list']).toEqual(expect.arrayContaining(rule.verbs));
      if ('resources' in rule) {
        expect(rule.resources).not.toContain('secrets');
        expect(rule.resources).not.toContain('configmaps');
        expect([...rule.resources, ...rule.apiGroups]).not.toContain('*');
      }
    }
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
