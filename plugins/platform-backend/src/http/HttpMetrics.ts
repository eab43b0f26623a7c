/** What serving counts about itself. */
export interface HttpMetrics {
  answered(answer: {
    /** The operation of the route, such as `listClusters`. */
    route: string;
    /** `aborted` when the caller left before the answer had ended. */
    status: number | 'aborted';
    durationMs: number;
  }): void;
}
