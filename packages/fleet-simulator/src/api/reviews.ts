import { mayUse, mayVisit, rulesOf } from './authorization';
import type { BodyReply, TypedRequest } from './Reply';
import { parseJsonBody } from './requestBody';

/** Answers a SelfSubjectAccessReview or a SelfSubjectRulesReview. */
export function reviewSelf(request: TypedRequest): BodyReply {
  const spec = parseJsonBody(request)?.spec ?? {};
  const { kind, group, version } = request.type;
  const status =
    kind === 'SelfSubjectAccessReview'
      ? { allowed: isAllowed(request, spec) }
      : rulesStatus(request, spec.namespace);
  return {
    status: 201,
    body: {
      kind,
      apiVersion: `${group}/${version}`,
      metadata: {},
      spec: kind === 'SelfSubjectAccessReview' ? spec : {},
      status,
    },
  };
}

function isAllowed(request: TypedRequest, spec: any): boolean {
  const { resourceAttributes: wanted, nonResourceAttributes: path } = spec;
  if (path) return mayVisit(request.identity, path.verb, path.path);
  return mayUse(request.identity, {
    verb: wanted?.verb ?? '',
    group: wanted?.group ?? '',
    version: wanted?.version ?? '',
    resource: wanted?.resource ?? '',
    subresource: wanted?.subresource,
    namespace: wanted?.namespace,
    name: wanted?.name,
  });
}

function rulesStatus(request: TypedRequest, namespace?: string) {
  const rules = rulesOf(request.identity, namespace);
  return {
    resourceRules: rules
      .filter(rule => rule.resources)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups: apiGroups ?? [],
        resources,
        ...(resourceNames ? { resourceNames } : {}),
      })),
    nonResourceRules: rules
      .filter(rule => rule.nonResourceURLs)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
  };
}
