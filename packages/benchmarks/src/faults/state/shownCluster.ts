import type { BackendProcess } from '../../processes/startBackend';
import type { ShownCoverage } from './assess';

/** What the API says of a cluster, as far as it is looked at here. */
export interface ShownCluster {
  state: string;
  reasons: Array<{ code: string; message: string; collector?: string }>;
  coverage: Array<ShownCoverage & { problem?: { code: string } }>;
  identity: { previous: Array<{ uid: string | null }> };
}

/** @throws Error when the API does not answer with a cluster */
export async function shownCluster(
  replica: BackendProcess,
  name: string,
): Promise<ShownCluster> {
  const path = `/api/platform/fleet/clusters/${encodeURIComponent(name)}`;
  const { status, body } = await replica.get(path);
  if (status !== 200) {
    throw new Error(
      `${replica.name} answered ${path} with ${status}: ${JSON.stringify(
        body,
      )}`,
    );
  }
  return body;
}
