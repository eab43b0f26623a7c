import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConfigMaps, type ContractSession } from './ContractTarget';

const run = promisify(execFile);

/** Whether this machine has kubectl; the one line that says so when it has not. */
export function hasKubectl(): boolean {
  const found =
    spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' })
      .status === 0;
  if (found) return true;
  const line =
    'NO KUBECTL: it cannot be run; install it to test with an independent client';
  if (process.env.ROADBED_REQUIRE_ALL === '1') throw new Error(line);
  process.stderr.write(`SKIPPED "kubectl": ${line}\n`);
  return false;
}

/** kubectl, a client that nobody here wrote, gets along with the server. */
export function kubectlContract(session: () => ContractSession): void {
  let home: string;

  beforeAll(async () => {
    const { url, caPem, adminToken } = session().target;
    home = await mkdtemp(join(tmpdir(), 'kubectl-contract-'));
    await writeFile(
      join(home, 'kubeconfig'),
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [
          {
            name: 'target',
            cluster: {
              server: url,
              'certificate-authority-data':
                Buffer.from(caPem).toString('base64'),
            },
          },
        ],
        users: [{ name: 'admin', user: { token: adminToken } }],
        contexts: [
          { name: 'target', context: { cluster: 'target', user: 'admin' } },
        ],
        'current-context': 'target',
      }),
    );
    await createConfigMaps(session(), 'kubectl', ['a', 'b', 'c', 'd', 'e']);
  });

  afterAll(() => rm(home, { recursive: true, force: true }));

  const kubectl = async (...args: string[]): Promise<string> => {
    const { stdout } = await run('kubectl', args, {
      // A home of its own: kubectl caches discovery there.
      env: {
        PATH: process.env.PATH,
        HOME: home,
        KUBECONFIG: join(home, 'kubeconfig'),
      },
    });
    return stdout;
  };

  it('reads lists in chunks', async () => {
    const output = await kubectl(
      'get',
      'configmaps',
      '-A',
      '--chunk-size=3',
      '-l',
      'test=kubectl',
      '-o',
      'name',
    );
    expect(output.trim().split('\n')).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map(name => `configmap/kubectl-${name}`),
    );
  }, 30_000);

  it('prints tables', async () => {
    const output = await kubectl(
      'get',
      'cm',
      '-l',
      'test=kubectl',
      '-o',
      'wide',
    );
    const [header, first] = output.split('\n');
    expect(header.trim().split(/\s+/)).toEqual(['NAME', 'DATA', 'AGE']);
    expect(first).toMatch(/^kubectl-a\s+1\s+\d+/);
  }, 30_000);

  it('knows the resources with short names and scope', async () => {
    const output = await kubectl('api-resources', '--no-headers');
    const rows = output.split('\n').map(line => line.trim().split(/\s+/));
    expect(rows).toContainEqual([
      'deployments',
      'deploy',
      'apps/v1',
      'true',
      'Deployment',
    ]);
    expect(rows).toContainEqual(['nodes', 'no', 'v1', 'false', 'Node']);
  }, 30_000);

  it('labels, reads back and deletes', async () => {
    await kubectl('label', 'cm', 'kubectl-a', 'seen=yes');
    expect(
      await kubectl(
        'get',
        'cm',
        '-l',
        'seen=yes',
        '-o',
        'jsonpath={.items[*].data.name}',
      ),
    ).toBe('a');
    await kubectl('delete', 'cm', 'kubectl-a');
    expect(await kubectl('get', 'cm', '-l', 'seen=yes', '-o', 'name')).toBe('');
  }, 30_000);
}
