import { stringify } from 'yaml';

/** A context of a kubeconfig file. */
export interface KubeconfigEntry {
  /** Name of the context, of its cluster and of its user. */
  name: string;
  url: string;
  /** Certificate authority, PEM in base64. */
  caData: string;
  token: string;
}

/** Text of a kubeconfig file; the first entry is the current context. */
export function kubeconfig(entries: KubeconfigEntry[]): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': entries[0]?.name,
    contexts: entries.map(({ name }) => ({
      name,
      context: { cluster: name, user: name },
    })),
    clusters: entries.map(({ name, url, caData }) => ({
      name,
      cluster: { server: url, 'certificate-authority-data': caData },
    })),
    users: entries.map(({ name, token }) => ({ name, user: { token } })),
  });
}
