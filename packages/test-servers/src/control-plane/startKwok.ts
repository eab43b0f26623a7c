import { join } from 'node:path';
import type { KubernetesClient } from '../kubernetes/KubernetesClient';
import { ServerProcess } from '../processes/ServerProcess';
import { controlPlaneFolder } from './packageFolder';

/**
 * Starts kwok, which plays the kubelets of all nodes: nodes get ready, pods
 * run, pods of jobs succeed. The stages are our own file, so that neither
 * kubectl nor Go's module cache is needed.
 */
export async function startKwok(options: {
  binary: string;
  kubeconfigFile: string;
  logDir: string;
  client: KubernetesClient;
}): Promise<ServerProcess> {
  // A new kwok would leave a node alone until the lease of the old one is over.
  await options.client.request(
    'DELETE',
    '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases',
  );
  return await ServerProcess.start({
    name: 'kwok',
    command: options.binary,
    args: [
      `--kubeconfig=${options.kubeconfigFile}`,
      `--config=${join(controlPlaneFolder, 'kwok-stages.yaml')}`,
      '--manage-all-nodes=true',
      // Without leases the node lifecycle controller gives nodes up after 40 s.
      '--node-lease-duration-seconds=40',
      // Beside the range of services, with room for many pods.
      '--cidr=10.244.0.1/16',
      '--node-ip=10.1.0.1',
    ],
    logFile: join(options.logDir, 'kwok.log'),
  });
}
