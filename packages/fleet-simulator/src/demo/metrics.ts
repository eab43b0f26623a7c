import type { ClusterPlan } from './clusterPlans';

/**
 * The part of `/metrics` that tells which deprecated APIs were requested since
 * the server started.
 */
export function deprecatedApiMetrics(plan: ClusterPlan): string {
  const name = 'apiserver_requested_deprecated_apis';
  const lines = [
    `# HELP ${name} [STABLE] Gauge of deprecated APIs that have been requested, broken out by API group, version, resource, subresource, and removed_release.`,
    `# TYPE ${name} gauge`,
  ];
  const stillServed = /^v1\.31\./.test(plan.version);
  if (plan.troubles.includes('removed-apis') && stillServed) {
    lines.push(
      `${name}{group="flowcontrol.apiserver.k8s.io",removed_release="1.32",resource="flowschemas",subresource="",version="v1beta3"} 1`,
    );
  }
  return `${lines.join('\n')}\n`;
}
