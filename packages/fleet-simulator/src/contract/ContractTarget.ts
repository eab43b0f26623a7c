import { testClient, type TestClient } from '../testing/testClient';

/** An API server that the contract is held against. */
export interface ContractTarget {
  url: string;
  caPem: string;
  /** May do everything. */
  adminToken: string;
  /** Authenticated, and allowed nothing beyond discovery. */
  limitedToken: string;
  /** Whom {@link ContractTarget.limitedToken} stands for. */
  limitedUser: string;
  /** The minor whose APIs are served. */
  minor: number;
  /** Makes the server forget the past of a collection, a revision of it among the rest. */
  forgetHistory(collectionPath: string, revision: string): Promise<void>;
  stop(): Promise<void>;
}

/** What the tests of the contract work with. */
export interface ContractSession {
  readonly target: ContractTarget;
  readonly admin: TestClient;
  readonly limited: TestClient;
  readonly anonymous: TestClient;
  readonly stranger: TestClient;
}

/** The namespace that every test writes to. */
export const NAMESPACE = 'default';

/** Path of the collection that most tests use; any resource would do. */
export const CONFIG_MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`;

/** Clients for every kind of caller. */
export function openSession(target: ContractTarget): ContractSession {
  return {
    target,
    admin: testClient({ ...target, token: target.adminToken }),
    limited: testClient({ ...target, token: target.limitedToken }),
    anonymous: testClient(target),
    stranger: testClient({ ...target, token: 'no-such-token' }),
  };
}

/** Closes what {@link openSession} opened, and the target. */
export async function closeSession(session: ContractSession): Promise<void> {
  await session.admin.close();
  await session.limited.close();
  await session.anonymous.close();
  await session.stranger.close();
  await session.target.stop();
}

/** Creates config maps of a test; their label `test` keeps tests apart. */
export async function createConfigMaps(
  session: ContractSession,
  test: string,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const answer = await session.admin.send({
      method: 'POST',
      path: CONFIG_MAPS,
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `${test}-${name}`, labels: { test } },
        data: { name },
      },
    });
    expect(answer.status).toBe(201);
  }
}

/** Names of the items of a list. */
export function namesOf(list: any): string[] {
  return list.items.map((item: any) => item.metadata.name);
}
