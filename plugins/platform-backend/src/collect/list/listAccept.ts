import type { ListCollector } from '@roadbed/backstage-plugin-platform-node';

/** The `Accept` of a list: whole objects, or their metadata where the server can. */
export function listAccept(body: ListCollector['body']): string {
  return body === 'metadata'
    ? 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json'
    : 'application/json';
}
