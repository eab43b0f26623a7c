import type { ControlClient } from '../../processes/ControlClient';
import { factsOfTruth } from './facts';
import type { ObjectState, TrueCluster } from './ObjectState';
import { podOwner } from './podOwner';
import { PodSums } from './PodSums';

/** The collectors whose rows are compared, each the name of what it lists. */
export const COMPARED = [
  'nodes',
  'namespaces',
  'deployments',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'pods',
] as const;

/** What every cluster has now, by the name of the cluster. */
export async function readTruth(
  control: ControlClient,
  clusters: readonly string[],
): Promise<Map<string, TrueCluster>> {
  const truth = new Map<string, TrueCluster>();
  for (const name of clusters) {
    truth.set(name, await readCluster(control, name));
  }
  return truth;
}

async function readCluster(
  control: ControlClient,
  cluster: string,
): Promise<TrueCluster> {
  const objects = new Map(
    COMPARED.map(collector => [
      collector as string,
      new Map<string, ObjectState>(),
    ]),
  );
  const pods = new PodSums();
  let revision = 0;
  for await (const object of control.truth(cluster)) {
    const { resource, namespace, name, uid, fields } = object;
    revision = Math.max(revision, Number(object.resourceVersion));
    if (resource === 'pods') {
      pods.add({
        namespace,
        owner: podOwner(name),
        pods: 1,
        ready: fields.ready ? 1 : 0,
        restarts: Number(fields.restarts),
      });
    } else {
      objects.get(resource)?.set(uid, {
        namespace,
        name,
        facts: factsOfTruth(object),
        weight: 1,
      });
    }
  }
  objects.set('pods', pods.states());
  return { objects, revision };
}
