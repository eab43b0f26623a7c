import { waitFor } from '../processes/waitFor';
import type { KubernetesClient } from './KubernetesClient';
import { KubernetesApiError } from './KubernetesApiError';

/** A rule of a ClusterRole. */
export interface PolicyRule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

const group = 'rbac.authorization.k8s.io';
const rolesPath = `/apis/${group}/v1/clusterroles`;
const bindingsPath = `/apis/${group}/v1/clusterrolebindings`;

/**
 * Gives the user a ClusterRole of exactly these rules, in place of what an
 * earlier call gave. Returns once the API server acts on it.
 *
 * @param user name, for a service account `system:serviceaccount:<namespace>:<name>`
 */
export async function grant(
  client: KubernetesClient,
  user: string,
  rules: readonly PolicyRule[],
): Promise<void> {
  const name = roleName(user);
  const metadata = { name };
  await client.apply([
    {
      apiVersion: `${group}/v1`,
      kind: 'ClusterRole',
      metadata,
      rules: rules.map(rule => ({ ...rule })),
    },
    {
      apiVersion: `${group}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: group, kind: 'ClusterRole', name },
      subjects: [{ apiGroup: group, kind: 'User', name: user }],
    },
  ]);
  await waitFor(
    async () => {
      const answers = await Promise.all(
        rules.map(rule => review(client, user, rule)),
      );
      return answers.every(({ allowed }) => allowed);
    },
    { describe: `the rights of ${user} to count`, intervalMs: 20 },
  );
}

/** Takes what {@link grant} gave. Returns once the API server acts on it. */
export async function revoke(
  client: KubernetesClient,
  user: string,
): Promise<void> {
  const name = roleName(user);
  const { rules = [] } = await client.request<{ rules?: PolicyRule[] }>(
    'GET',
    `${rolesPath}/${name}`,
  );
  await client.request('DELETE', `${bindingsPath}/${name}`);
  await client.request('DELETE', `${rolesPath}/${name}`);
  await waitFor(
    async () => {
      const answers = await Promise.all(
        rules.map(rule => review(client, user, rule)),
      );
      return answers.every(({ reason = '' }) => !reason.includes(name));
    },
    { describe: `the rights of ${user} to be gone`, intervalMs: 20 },
  );
}

/**
 * A token of a service account, which is made when it is not there.
 *
 * @returns the token, and the name of the user that it makes one
 */
export async function createServiceAccountToken(
  client: KubernetesClient,
  account: {
    name: string;
    /** @defaultValue 'default' */
    namespace?: string;
    /** @defaultValue a day */
    lifetimeSeconds?: number;
  },
): Promise<{ token: string; user: string }> {
  const { name, namespace = 'default', lifetimeSeconds = 86_400 } = account;
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  try {
    await client.request('POST', path, { body: { metadata: { name } } });
  } catch (error) {
    if (!(error instanceof KubernetesApiError) || error.code !== 409)
      throw error;
  }
  const { status } = await client.request<{ status: { token: string } }>(
    'POST',
    `${path}/${name}/token`,
    {
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: lifetimeSeconds },
      },
    },
  );
  return {
    token: status.token,
    user: `system:serviceaccount:${namespace}:${name}`,
  };
}

function roleName(user: string): string {
  return `roadbed-tests:${user}`;
}

/** Asks the API server about the first verb on the first target of a rule. */
async function review(
  client: KubernetesClient,
  user: string,
  rule: PolicyRule,
): Promise<{ allowed: boolean; reason?: string }> {
  const verb = rule.verbs[0];
  const [resource, subresource] = (rule.resources?.[0] ?? '').split('/');
  const { status } = await client.request<{
    status: { allowed: boolean; reason?: string };
  }>('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    body: {
      spec: {
        user,
        ...(rule.nonResourceURLs
          ? {
              nonResourceAttributes: {
                verb,
                path: rule.nonResourceURLs[0].replace(/\*$/, ''),
              },
            }
          : {
              resourceAttributes: {
                verb,
                group: rule.apiGroups?.[0] ?? '',
                resource,
                subresource,
                name: rule.resourceNames?.[0],
              },
            }),
      },
    },
  });
  return status;
}
