import type { Collector } from '@roadbed/backstage-plugin-platform-node';

/** A rule of a ClusterRole. */
export type ClusterRoleRule =
  | { apiGroups: string[]; resources: string[]; verbs: string[] }
  | { nonResourceURLs: string[]; verbs: string[] };

/** What the identity of a cluster is read with: the UID of `kube-system`. */
const IDENTITY = { group: '', resource: 'namespaces', verbs: ['get'] };

/**
 * The read-only rules that these collectors need, and no more: what they
 * declare, resources of one group and the same verbs in one rule, and `get`
 * on namespaces, which tells one cluster from another.
 *
 * @returns rules in a stable order, so that a generated file changes only when
 * the collectors do
 */
export function clusterRoleRules(
  collectors: readonly Collector[],
): ClusterRoleRule[] {
  const verbs = new Map<string, Set<string>>();
  const urls = new Set<string>();
  const need = (group: string, resource: string, wanted: readonly string[]) => {
    const key = JSON.stringify([group, resource]);
    const known = verbs.get(key) ?? new Set();
    wanted.forEach(verb => known.add(verb));
    verbs.set(key, known);
  };
  need(IDENTITY.group, IDENTITY.resource, IDENTITY.verbs);
  for (const collector of collectors) {
    if (collector.type === 'list') {
      const { group, resource } = collector.resource;
      need(group, resource, collector.verbs);
    } else {
      collector.nonResourceUrls.forEach(url => urls.add(url));
    }
  }

  const rules = new Map<
    string,
    { apiGroups: string[]; resources: string[]; verbs: string[] }
  >();
  for (const [key, wanted] of [...verbs].sort()) {
    const [group, resource] = JSON.parse(key) as [string, string];
    const sorted = [...wanted].sort();
    const ruleKey = JSON.stringify([group, sorted]);
    const rule = rules.get(ruleKey) ?? {
      apiGroups: [group],
      resources: [],
      verbs: sorted,
    };
    rule.resources.push(resource);
    rules.set(ruleKey, rule);
  }
  return [
    ...rules.values(),
    ...(urls.size > 0
      ? [{ nonResourceURLs: [...urls].sort(), verbs: ['get'] }]
      : []),
  ];
}
