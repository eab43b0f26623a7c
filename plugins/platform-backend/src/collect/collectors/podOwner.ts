import type { JsonObject } from '@backstage/types';
import type { KubernetesObject } from '@roadbed/backstage-plugin-platform-node';
import { record, records, text } from './projection';

/** The workload a pod belongs to. */
export interface PodOwner {
  kind: string;
  name: string;
  /** `null` where the owner was derived and not named by the pod. */
  uid: string | null;
  /** Nothing brings the pod back when it is gone. */
  bare: boolean;
}

/** Whose replica sets carry which hash of the pod template in their name. */
const HASH_LABELS = [
  ['pod-template-hash', 'Deployment'],
  ['rollouts-pod-template-hash', 'Rollout'],
] as const;

/**
 * Finds the workload of a pod from the pod alone.
 *
 * @remarks
 * A replica set is resolved to what rolls it out by cutting the hash of the
 * pod template off its name, which spares the list of all replica sets, ten
 * old ones for each that runs. Without such a hash it stays a replica set.
 */
export function podOwner(
  pod: KubernetesObject,
  podLabels: JsonObject,
): PodOwner {
  const metadata = record(pod.metadata);
  const controller = records(metadata.ownerReferences, 20).find(
    owner => owner.controller === true,
  );
  const kind = text(controller?.kind, 128);
  const name = text(controller?.name, 253);
  if (!kind || !name) {
    return {
      kind: 'Pod',
      name: text(metadata.name, 253) ?? '',
      uid: text(metadata.uid, 64) ?? null,
      bare: true,
    };
  }
  if (kind === 'ReplicaSet') {
    for (const [label, owner] of HASH_LABELS) {
      const suffix = `-${podLabels[label]}`;
      if (podLabels[label] && name.endsWith(suffix) && name !== suffix) {
        const resolved = name.slice(0, -suffix.length);
        return { kind: owner, name: resolved, uid: null, bare: false };
      }
    }
  }
  return {
    kind,
    name,
    uid: text(controller?.uid, 64) ?? null,
    bare: false,
  };
}
