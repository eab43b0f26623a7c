import type {
  Coverage,
  MissingRule,
} from '@roadbed/backstage-plugin-platform-common';

export type { MissingRule };

const flow = (values: string[]) => `[${values.map(v => `"${v}"`).join(', ')}]`;

/** Writes RBAC rules as YAML that fits under `rules:` of a ClusterRole. */
export function toClusterRoleRules(rules: MissingRule[]): string {
  return rules
    .map(rule =>
      [
        `- apiGroups: ${flow(rule.apiGroups)}`,
        `  resources: ${flow(rule.resources)}`,
        `  verbs: ${flow(rule.verbs)}`,
      ].join('\n'),
    )
    .join('\n');
}

/**
 * Writes RBAC rules as a ClusterRole of their own, so that nobody has to edit
 * the one that is there: bind it to the account that Roadbed uses.
 */
export function toClusterRole(rules: MissingRule[]): string {
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRole',
    'metadata:',
    '  name: roadbed-missing',
    'rules:',
    toClusterRoleRules(rules).replace(/^/gm, '  '),
    '',
  ].join('\n');
}

/** The rules that the collectors of a cluster are missing, each once. */
export function missingRules(coverage: Coverage[]): MissingRule[] {
  const rules = coverage.flatMap(({ problem }) => problem?.missingRule ?? []);
  const seen = new Map(rules.map(rule => [toClusterRoleRules([rule]), rule]));
  return [...seen.values()];
}
