/** What serving counts about itself. */
export interface HttpMetrics {
  answered(answer: {
    /** The operation of the route, such as `listClusters`. */
    route: string;
    /** `aborted` when the answer did not get to its end: mostly, the caller left. */
    status: number | 'aborted';
    durationMs: number;
  }): void;
}
