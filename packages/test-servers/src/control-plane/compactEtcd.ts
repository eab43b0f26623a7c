import { ServiceUnavailableError } from '@backstage/errors';
import type { Etcd } from './startEtcd';

/**
 * Key under which API servers tell each other how far they compacted. An API
 * server with cached snapshots (1.34 and newer) answers old lists out of those
 * until this key says that their revision is gone.
 */
const compactedRevisionKey = 'compact_rev_key';

/**
 * Compacts all history up to now, as an API server does every five minutes: a
 * `continue` token or a watch from before is answered with 410 from now on.
 *
 * API servers of 1.34 and newer notice a moment later, so poll for the 410.
 *
 * @returns the revision up to which history is gone
 * @throws ServiceUnavailableError when etcd refuses
 */
export async function compactEtcd(etcd: Pick<Etcd, 'url'>): Promise<string> {
  const {
    header: { revision },
  } = await call<{ header: { revision: string } }>(etcd, 'kv/put', {
    key: base64(compactedRevisionKey),
    value: base64(await currentRevision(etcd)),
  });
  await call(etcd, 'kv/compaction', { revision, physical: true });
  return revision;
}

async function currentRevision(etcd: Pick<Etcd, 'url'>): Promise<string> {
  const { header } = await call<{ header: { revision: string } }>(
    etcd,
    'maintenance/status',
    {},
  );
  return header.revision;
}

/** etcd's gateway from JSON to gRPC: bytes are base64, 64-bit numbers strings. */
async function call<T>(
  etcd: Pick<Etcd, 'url'>,
  method: string,
  body: object,
): Promise<T> {
  const response = await fetch(`${etcd.url}/v3/${method}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new ServiceUnavailableError(
      `etcd at ${etcd.url} refused ${method} with ${
        response.status
      }: ${await response.text()}`,
    );
  }
  return (await response.json()) as T;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
