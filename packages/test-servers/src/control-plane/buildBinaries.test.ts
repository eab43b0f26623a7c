import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../processes/temporaryFolder';
import { ensureControlPlaneBinaries } from './ensureControlPlaneBinaries';

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

/** A stand-in for Go that writes the programs, or fails. */
async function useGo(build: string): Promise<{ calls: string; cache: string }> {
  const folder = await temporaryFolder('go');
  const calls = join(folder, 'calls');
  const cache = await temporaryFolder('cache');
  writeFileSync(
    join(folder, 'go'),
    `#!/bin/sh
[ "$1" = version ] && { echo go version go1.26.8 any; exit; }
echo "$@" >> ${calls}
${build}
`,
    { mode: 0o755 },
  );
  delete process.env.KUBEBUILDER_ASSETS;
  process.env.XDG_CACHE_HOME = cache;
  process.env.PATH = `${folder}:${environment.PATH}`;
  return { calls, cache: join(cache, 'roadbed', 'control-plane') };
}

describe('ensureControlPlaneBinaries with Go', () => {
  it('builds once for two callers, and not again', async () => {
    const { calls } = await useGo(`
      for name in server kube-apiserver kube-controller-manager kube-scheduler kwok; do
        echo '#!/bin/sh' > "$3/$name"; chmod +x "$3/$name"
      done
    `);
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const [first, second] = await Promise.all([
      ensureControlPlaneBinaries({ log }),
      ensureControlPlaneBinaries({ log }),
    ]);
    expect(second).toEqual(first);
    expect(existsSync(first.etcd)).toBe(true);
    expect(first.kwok).toMatch(/\/kwok$/);
    await ensureControlPlaneBinaries({ log });
    expect(readFileSync(calls, 'utf8').trim().split('\n')).toHaveLength(1);
    expect(lines.join('\n')).toMatch(/building[^]*built/);
  });

  it('leaves no half folder when the build fails, and says why', async () => {
    const { cache } = await useGo(`
      echo > "$3/server"
      echo 'go: no space left on device' >&2
      exit 1
    `);
    await expect(ensureControlPlaneBinaries()).rejects.toThrow(
      /go build failed \(exit code 1\)[^]*no space left on device/,
    );
    expect(readdirSync(cache)).toEqual([]);
  });
});
