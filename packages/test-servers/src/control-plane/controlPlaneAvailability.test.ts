import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unavailableLine } from '../availability';
import { temporaryFolder } from '../processes/temporaryFolder';
import { controlPlaneAvailability } from './controlPlaneAvailability';
import { ensureControlPlaneBinaries } from './ensureControlPlaneBinaries';

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

async function folderWith(...names: string[]): Promise<string> {
  const folder = await temporaryFolder('binaries');
  for (const name of names) {
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

describe('controlPlaneAvailability', () => {
  it('takes KUBEBUILDER_ASSETS, and sees what it lacks', async () => {
    const folder = await folderWith('etcd', 'kube-apiserver', 'kubectl');
    process.env.KUBEBUILDER_ASSETS = folder;
    expect(controlPlaneAvailability()).toEqual({
      available: true,
      what: 'Kubernetes control plane',
      source: { from: 'KUBEBUILDER_ASSETS', folder },
    });
    expect(controlPlaneAvailability({ controllers: true })).toMatchObject({
      available: false,
      reason: expect.stringContaining(
        'has no executable kube-controller-manager and kube-scheduler',
      ),
    });
  });

  it('says which file KUBEBUILDER_ASSETS lacks, and does not build instead', async () => {
    const folder = await folderWith('etcd');
    process.env.KUBEBUILDER_ASSETS = folder;
    const message = `NO KUBERNETES CONTROL PLANE: KUBEBUILDER_ASSETS names "${folder}", which has no executable kube-apiserver`;
    const availability = controlPlaneAvailability();
    expect(availability.available || unavailableLine(availability)).toContain(
      message,
    );
    await expect(ensureControlPlaneBinaries()).rejects.toThrow(message);
  });

  it('is to be built where nothing is built and Go is there', async () => {
    delete process.env.KUBEBUILDER_ASSETS;
    process.env.XDG_CACHE_HOME = await temporaryFolder('cache');
    const go = await folderWith('go');
    writeFileSync(join(go, 'go'), '#!/bin/sh\necho go version go1.26.8 any\n');
    process.env.PATH = `${go}:/bin`;
    expect(controlPlaneAvailability()).toMatchObject({
      available: true,
      source: { from: 'go' },
    });
  });

  it.each([
    ['there is no Go', '', /no binaries are built and "go" can not be run/],
    [
      'Go is too old',
      'echo go version go1.19.8 linux/amd64',
      /Go 1\.21 or newer is needed, not go version go1\.19\.8/,
    ],
  ])('is not to be had when %s', async (_case, script, reason) => {
    delete process.env.KUBEBUILDER_ASSETS;
    process.env.XDG_CACHE_HOME = await temporaryFolder('cache');
    const path = await temporaryFolder('path');
    if (script) {
      writeFileSync(join(path, 'go'), `#!/bin/sh\n${script}\n`, {
        mode: 0o755,
      });
    }
    process.env.PATH = path;
    expect(controlPlaneAvailability()).toMatchObject({
      available: false,
      reason: expect.stringMatching(reason),
      remedy: expect.stringContaining('install Go, or set KUBEBUILDER_ASSETS'),
    });
  });
});
