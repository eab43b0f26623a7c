import { NotFoundError } from '@backstage/errors';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kubeconfig } from '../kubernetes/kubeconfig';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import type { ServerProcess } from '../processes/ServerProcess';
import type { ControlPlaneBinaries } from './binaries';
import type { ControlPlaneVersion } from './ControlPlane';
import type { Credentials } from './credentials';
import { assertEmulatable, minorOf, type KubernetesMinor } from './minor';
import { startApiServer } from './startApiServer';
import { startControllers } from './startControllers';
import { startKwok } from './startKwok';

/** What stays the same over the restarts of a control plane. */
interface ProgramsOptions {
  binaries: ControlPlaneBinaries;
  name: string;
  folder: string;
  logDir: string;
  etcdUrl: string;
  port: number;
  credentials: Credentials;
  controllers: boolean;
  kwok: boolean;
}

/** How a control plane that runs is reached. */
export interface RunningPrograms {
  caPem: string;
  version: ControlPlaneVersion;
}

/** The programs of one control plane, apart from etcd. */
export class ControlPlanePrograms {
  readonly kubeconfigFile: string;
  readonly url: string;
  readonly #options: ProgramsOptions;
  #processes: ServerProcess[] = [];

  /** @throws NotFoundError when programs are asked for that are not there */
  constructor(options: ProgramsOptions) {
    const { binaries, controllers, kwok } = options;
    if (controllers && !binaries.controllers) {
      throw missing('kube-controller-manager and kube-scheduler', binaries);
    }
    if (kwok && !binaries.kwok) throw missing('kwok', binaries);
    this.#options = options;
    this.url = `https://127.0.0.1:${options.port}`;
    this.kubeconfigFile = join(options.folder, 'kubeconfig');
  }

  /** Process ids of the programs that run. */
  get pids(): number[] {
    return this.#processes
      .filter(process => process.running)
      .map(process => process.pid);
  }

  /**
   * Starts what does not run.
   *
   * @throws InputError when the binaries can not emulate the minor
   * @throws Error with the end of the log of the program that failed
   */
  async start(minor: KubernetesMinor | undefined): Promise<RunningPrograms> {
    const { binaries, credentials, folder, logDir, name } = this.#options;
    const gitVersion = await versionOf(binaries.kubeApiserver);
    const newest = minorOf(gitVersion);
    if (minor) assertEmulatable(minor, newest);
    // Binaries older than emulation know no such flag.
    const emulated = minor === newest ? undefined : minor;
    try {
      const { process: apiServer, caPem } = await startApiServer({
        binary: binaries.kubeApiserver,
        etcdUrl: this.#options.etcdUrl,
        etcdPrefix: `/${name}`,
        port: this.#options.port,
        certDir: join(folder, 'certificates'),
        credentials,
        logFile: join(logDir, 'kube-apiserver.log'),
        emulated,
        controllers: this.#options.controllers,
      });
      this.#processes.push(apiServer);
      await this.#startOthers({ caPem, emulated });
      return { caPem, version: { gitVersion, minor: minor ?? newest } };
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  async #startOthers(options: {
    caPem: string;
    emulated: KubernetesMinor | undefined;
  }): Promise<void> {
    const { caPem, emulated } = options;
    const { binaries, credentials, folder, logDir, name } = this.#options;
    const token = credentials.tokens.admin;
    await writeFile(
      this.kubeconfigFile,
      kubeconfig([
        {
          name,
          url: this.url,
          caData: Buffer.from(caPem).toString('base64'),
          token,
        },
      ]),
      { mode: 0o600 },
    );
    const client = new KubernetesClient({ url: this.url, caPem, token });
    const shared = { kubeconfigFile: this.kubeconfigFile, logDir, client };
    try {
      if (this.#options.controllers) {
        const caFile = join(folder, 'ca.pem');
        await writeFile(caFile, caPem);
        const processes = await startControllers({
          ...shared,
          binaries: binaries.controllers!,
          serviceAccountKeyFile: credentials.serviceAccountKeyFile,
          caFile,
          emulated,
        });
        this.#processes.push(...processes);
      }
      if (this.#options.kwok) {
        this.#processes.push(
          await startKwok({ ...shared, binary: binaries.kwok! }),
        );
      }
    } finally {
      await client.close();
    }
  }

  /** @throws Error with the end of its log when a program has ended by itself */
  assertRunning(): void {
    this.#processes.forEach(process => process.assertRunning());
  }

  /**
   * Ends all programs at once. A graceful end of an API server can take a
   * minute, in which it holds its port; what counts is in etcd.
   */
  async end(): Promise<void> {
    await Promise.all(this.#processes.map(process => process.end()));
    this.#processes = [];
  }
}

async function versionOf(binary: string): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, ['--version']);
  return stdout.trim().replace(/^Kubernetes /, '');
}

function missing(programs: string, binaries: ControlPlaneBinaries): Error {
  return new NotFoundError(
    `There is no ${programs} beside ${binaries.kubeApiserver}: add it, or unset KUBEBUILDER_ASSETS to build all programs with Go`,
  );
}
