import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { ServerProcess } from '../processes/ServerProcess';
import type { Credentials } from './credentials';
import type { KubernetesMinor } from './minor';

/** What an API server runs on. */
interface ApiServerOptions {
  binary: string;
  etcdUrl: string;
  /** Keys of this control plane in etcd begin with it. */
  etcdPrefix: string;
  port: number;
  /** Folder of the serving certificate, which the API server makes itself. */
  certDir: string;
  credentials: Credentials;
  logFile: string;
  /** @defaultValue the minor of the binary */
  emulated: KubernetesMinor | undefined;
  /** Whether a controller manager makes the service accounts that pods need. */
  controllers: boolean;
}

const startTimeoutMs = 60_000;

/** The certificate authority is in the file of the certificate that it signed. */
const certificateFile = 'apiserver.crt';

/**
 * Starts an API server and waits until it is ready, with its own namespaces.
 *
 * @returns the process, and the certificate authority as PEM
 * @throws Error with the end of the log when it does not start
 */
export async function startApiServer(
  options: ApiServerOptions,
): Promise<{ process: ServerProcess; caPem: string }> {
  const { credentials, certDir, port } = options;
  const server = await ServerProcess.start({
    name: 'kube-apiserver',
    command: options.binary,
    args: [
      `--etcd-servers=${options.etcdUrl}`,
      `--etcd-prefix=${options.etcdPrefix}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${certDir}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-signing-key-file=${credentials.serviceAccountKeyFile}`,
      `--service-account-key-file=${credentials.serviceAccountPublicKeyFile}`,
      `--token-auth-file=${credentials.tokenFile}`,
      '--authorization-mode=RBAC',
      '--allow-privileged=true',
      // All API versions, also those that are off by default: the deprecated
      // ones are what upgrade checks look for.
      '--runtime-config=api/all=true',
      // No address of a server that ended hard is left behind.
      '--endpoint-reconciler-type=none',
      ...(options.controllers
        ? []
        : ['--disable-admission-plugins=ServiceAccount']),
      ...(options.emulated ? [`--emulated-version=${options.emulated}`] : []),
    ],
    logFile: options.logFile,
  });
  const caFile = join(certDir, certificateFile);
  await server.waitUntilReady(
    () => isReady({ port, caFile, token: credentials.tokens.admin }),
    startTimeoutMs,
  );
  return { process: server, caPem: await readFile(caFile, 'utf8') };
}

async function isReady(options: {
  port: number;
  caFile: string;
  token: string;
}): Promise<boolean> {
  const { port, caFile, token } = options;
  const agent = new Agent({
    connect: { ca: await readFile(caFile, 'utf8'), timeout: 2_000 },
    headersTimeout: 5_000,
  });
  const isOk = async (path: string) => {
    const { ok } = await fetch(`https://127.0.0.1:${port}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      dispatcher: agent,
    });
    return ok;
  };
  try {
    // The API server makes its namespaces itself, a moment after it is ready.
    return (
      (await isOk('/readyz')) && (await isOk('/api/v1/namespaces/kube-system'))
    );
  } finally {
    await agent.destroy();
  }
}
