import type {
  KubernetesObject,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import { annotations, labels, observed } from './metadata';
import { compact, record, text } from './projection';

function namespaceDoc(object: KubernetesObject) {
  const metadata = record(object.metadata);
  return compact({
    uid: text(metadata.uid, 64),
    labels: labels(object),
    annotations: annotations(object),
    phase: text(record(object.status).phase, 32),
    createdAt: text(metadata.creationTimestamp, 32),
    deletedAt: text(metadata.deletionTimestamp, 32),
  });
}

/** Namespaces, with the labels and annotations that say who owns them. */
export const namespaceCollector: ListCollector = {
  type: 'list',
  id: 'namespaces',
  title: 'Namespaces',
  cadence: { minutes: 5 },
  resource: {
    group: '',
    versions: ['v1'],
    resource: 'namespaces',
    kind: 'Namespace',
    namespaced: false,
  },
  // `get` is for the UID of kube-system, which is the identity of a cluster.
  verbs: ['get', 'list'],
  body: 'full',
  project: object => observed(object, namespaceDoc(object)),
};
