/** What the cloud of the tests gives for a cluster of that name. */
export function cloudTokenFor(cluster: string): string {
  return `cloud-token-for-${cluster}`;
}
