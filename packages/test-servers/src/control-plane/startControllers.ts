import { join } from 'node:path';
import type { KubernetesClient } from '../kubernetes/KubernetesClient';
import { ServerProcess } from '../processes/ServerProcess';
import { waitFor } from '../processes/waitFor';
import type { ControlPlaneBinaries } from './binaries';
import type { KubernetesMinor } from './minor';

/** What the controller manager and the scheduler run on. */
interface ControllersOptions {
  binaries: NonNullable<ControlPlaneBinaries['controllers']>;
  kubeconfigFile: string;
  serviceAccountKeyFile: string;
  caFile: string;
  logDir: string;
  /** Must be that of the API server, else they ask for APIs it does not serve. */
  emulated: KubernetesMinor | undefined;
  client: KubernetesClient;
}

/**
 * Starts the controller manager and the scheduler; waits until the first of
 * the controllers' work shows.
 *
 * @throws Error with the end of a log when one of them ends
 */
export async function startControllers(
  options: ControllersOptions,
): Promise<ServerProcess[]> {
  const { binaries, client, logDir } = options;
  const common = [
    `--kubeconfig=${options.kubeconfigFile}`,
    // Alone there is no one to elect against; a lease would only cost time.
    '--leader-elect=false',
    '--secure-port=0',
    ...(options.emulated ? [`--emulated-version=${options.emulated}`] : []),
  ];
  const processes: ServerProcess[] = [];
  try {
    processes.push(
      await ServerProcess.start({
        name: 'kube-controller-manager',
        command: binaries.controllerManager,
        args: [
          ...common,
          `--service-account-private-key-file=${options.serviceAccountKeyFile}`,
          `--root-ca-file=${options.caFile}`,
        ],
        logFile: join(logDir, 'kube-controller-manager.log'),
      }),
    );
    processes.push(
      await ServerProcess.start({
        name: 'kube-scheduler',
        command: binaries.scheduler,
        args: common,
        logFile: join(logDir, 'kube-scheduler.log'),
      }),
    );
    await waitFor(
      () =>
        client.get({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace: 'default' },
        }),
      {
        describe: 'the service account that kube-controller-manager makes',
        timeoutMs: 60_000,
        abortIf: () => processes.forEach(process => process.assertRunning()),
      },
    );
    return processes;
  } catch (error) {
    await Promise.all(processes.map(process => process.end()));
    throw error;
  }
}
