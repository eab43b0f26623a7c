import type { KubernetesObject, ObjectMeta } from '../kubernetes';
import { timestamp } from '../store/ObjectStore';
import { jsonSlot, textSlot } from './ObjectTemplate';

/** The creation that builders are given; in templates it becomes the slot `created`. */
export const CREATED_AT = Date.UTC(2001, 0, 1);

/** The last write that builders are given; in templates it becomes the slot `changed`. */
export const CHANGED_AT = Date.UTC(2002, 0, 1);

/** The text that stands for the slot of the creation in what builders make. */
export const CREATED_SAMPLE = { [timestamp(CREATED_AT)]: 'created' } as const;

/** The texts that stand for the slots of both times. */
export const TIME_SAMPLES = {
  ...CREATED_SAMPLE,
  [timestamp(CHANGED_AT)]: 'changed',
} as const;

/** Numbers of a status, and the slots that hold them. */
const COUNTS: Readonly<Record<string, string>> = {
  observedGeneration: 'generation',
  replicas: 'replicas',
  fullyLabeledReplicas: 'replicas',
  updatedReplicas: 'replicas',
  currentReplicas: 'replicas',
  readyReplicas: 'ready',
  availableReplicas: 'ready',
  unavailableReplicas: 'missing',
  desiredNumberScheduled: 'replicas',
  currentNumberScheduled: 'replicas',
  updatedNumberScheduled: 'replicas',
  numberReady: 'ready',
  numberAvailable: 'ready',
  numberUnavailable: 'missing',
};

/** Puts slots where a server or a controller fills in: uid, revision, generation and numbers. */
export function withSlots(object: KubernetesObject): KubernetesObject {
  const { name, generateName, namespace, generation, ...rest } =
    object.metadata;
  const metadata: ObjectMeta = {
    name,
    ...(generateName ? { generateName } : {}),
    ...(namespace ? { namespace } : {}),
    uid: textSlot('uid'),
    resourceVersion: textSlot('revision'),
    ...(generation ? { generation: jsonSlot('generation') } : {}),
    ...rest,
  };
  const result: KubernetesObject = { ...object, metadata };
  const { spec, status } = object as any;
  if (spec && 'replicas' in spec) {
    result.spec = { ...spec, replicas: jsonSlot('replicas') };
  }
  if (status) {
    result.status = Object.fromEntries(
      Object.entries(status).map(([field, value]) => [
        field,
        field in COUNTS ? jsonSlot(COUNTS[field]) : value,
      ]),
    );
  }
  return result;
}
