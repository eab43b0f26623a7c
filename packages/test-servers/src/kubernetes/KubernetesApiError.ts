import { CustomErrorBase } from '@backstage/errors';

/** The body that a Kubernetes API server sends with an error. */
export interface KubernetesStatus {
  kind: 'Status';
  code?: number;
  reason?: string;
  message?: string;
  metadata?: { continue?: string };
}

/** An answer of an API server that is not a success. */
export class KubernetesApiError extends CustomErrorBase {
  name = 'KubernetesApiError' as const;
  /** HTTP status code. */
  readonly code: number;
  /** Reason by the rules of the API: "NotFound", "Forbidden", "Expired". */
  readonly reason: string | undefined;

  constructor(options: {
    method: string;
    path: string;
    code: number;
    status: KubernetesStatus | undefined;
    body: string;
  }) {
    const { method, path, code, status, body } = options;
    super(`${method} ${path}: ${code} ${status?.message ?? body}`);
    this.code = code;
    this.reason = status?.reason;
  }
}
