import type { Coverage } from '@roadbed/backstage-plugin-platform-common';

/** A rule of a ClusterRole that a collector lacks. */
export type MissingRule = NonNullable<
  NonNullable<Coverage['problem']>['missingRule']
>;

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

/** The rules that the collectors of a cluster are missing. */
export function missingRules(coverage: Coverage[]): MissingRule[] {
  return coverage.flatMap(({ problem }) => problem?.missingRule ?? []);
}
