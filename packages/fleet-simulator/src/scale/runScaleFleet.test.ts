import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { testClient } from '../testing/testClient';
import { runScaleFleet } from './runScaleFleet';

jest.setTimeout(60_000);

/** Pods of the second cluster, and where it listens, while the fleet of a folder runs. */
async function observe(folder: string, seed: number) {
  const size = { clusters: 2, workloads: 20, pods: 60, seed };
  const fleet = await runScaleFleet({ folder, size });
  const config = parse(
    readFileSync(join(folder, 'app-config.kubernetes.yaml'), 'utf8'),
  );
  const { url, caData, serviceAccountToken } =
    config.kubernetes.clusterLocatorMethods[0].clusters[1];
  const client = testClient({
    url,
    caPem: Buffer.from(caData, 'base64').toString(),
    token: serviceAccountToken,
  });
  const { text } = await client.get('/api/v1/pods');
  await client.close();
  await fleet.stop();
  return { url, text };
}

describe('runScaleFleet', () => {
  it('is the same fleet at the same addresses when it starts again on its folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'scale-fleet-'));
    try {
      const first = await observe(folder, 1);
      const second = await observe(folder, 1);
      const other = await observe(folder, 2);
      expect(second).toEqual(first);
      expect(other.url).toBe(first.url);
      expect(other.text).not.toBe(first.text);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
