import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../processes/freePort';
import { temporaryFolder } from '../processes/temporaryFolder';
import type { ControlPlane } from './ControlPlane';
import type { ControlPlaneOptions } from './ControlPlaneOptions';
import { ControlPlanePrograms } from './ControlPlanePrograms';
import { ensureCredentials } from './credentials';
import { ensureControlPlaneBinaries } from './ensureControlPlaneBinaries';
import { LocalControlPlane } from './LocalControlPlane';
import type { NodeSpec } from './nodes';
import { startEtcd } from './startEtcd';

/**
 * Starts a real Kubernetes control plane on loopback: etcd and an API server
 * with RBAC, on request the controllers, and kwok in place of kubelets. Takes
 * about 5 s, and minutes when the binaries must be built first. Everything
 * ends at the latest when this process ends.
 *
 * @throws ServiceUnavailableError when the binaries can not be had
 * @throws NotFoundError when they lack controllers or kwok that are asked for
 * @throws InputError when they can not emulate the minor
 * @throws Error that names the program that failed and holds the end of its log
 */
export async function startControlPlane(
  options: ControlPlaneOptions = {},
): Promise<ControlPlane> {
  const binaries = await ensureControlPlaneBinaries({ log: options.log });
  const folder = options.dataDir ?? (await temporaryFolder('control-plane'));
  const logDir = options.logDir ?? join(folder, 'logs');
  const {
    name = options.etcd ? `test-${randomBytes(4).toString('hex')}` : 'test',
    tokens: users = [],
    nodes = [],
  } = options;
  await mkdir(logDir, { recursive: true });
  const credentials = await ensureCredentials(
    join(folder, 'credentials'),
    users.map(user => user.name),
  );
  const port = options.port ?? (await freePort());
  const ownEtcd = options.etcd
    ? undefined
    : await startEtcd({ dataDir: folder, logDir });
  const etcd = options.etcd ?? ownEtcd!;
  const cleanUp = async () => {
    await ownEtcd?.stop();
    if (!options.dataDir) await rm(folder, { recursive: true, force: true });
  };
  let plane: LocalControlPlane | undefined;
  try {
    const programs = new ControlPlanePrograms({
      binaries,
      name,
      folder,
      logDir,
      etcdUrl: etcd.url,
      port,
      credentials,
      controllers: options.controllers ?? false,
      kwok: options.kwok ?? false,
    });
    plane = new LocalControlPlane({
      name,
      etcd,
      etcdPid: ownEtcd?.pid,
      tokens: credentials.tokens,
      programs,
      running: await programs.start(options.minor),
      kwok: options.kwok ?? false,
      cleanUp,
    });
    for (const user of users) await plane.grant(user.name, user.rules);
    await plane.createNodes(nodeSpecs(nodes));
    return plane;
  } catch (error) {
    await (plane ? plane.stop() : cleanUp());
    throw error;
  }
}

function nodeSpecs(nodes: number | NodeSpec[]): NodeSpec[] {
  if (typeof nodes !== 'number') return nodes;
  return Array.from({ length: nodes }, (_, index) => ({
    name: `node-${index + 1}`,
  }));
}
