import type { TrueObject } from '@roadbed/fleet-simulator';
import { factsOf } from './ObjectState';

/** The fields of a kind that both the simulator and the stored documents know. */
interface Facts {
  ofTruth(fields: Record<string, any>): Record<string, unknown>;
  ofRow(doc: Record<string, any>): Record<string, unknown>;
}

const rollout: Facts = {
  ofTruth: ({ replicas, readyReplicas, images }) => ({
    desired: replicas,
    ready: readyReplicas,
    images,
  }),
  ofRow: ({ desired, ready, containers }) => ({
    desired,
    ready,
    images: imagesOf(containers),
  }),
};

const FACTS: Record<string, Facts> = {
  deployments: rollout,
  statefulsets: rollout,
  daemonsets: rollout,
  cronjobs: {
    ofTruth: ({ images, schedule }) => ({ images, schedule }),
    ofRow: ({ containers, schedule }) => ({
      images: imagesOf(containers),
      schedule,
    }),
  },
  nodes: {
    ofTruth: ({ ready, kubeletVersion }) => ({ ready, kubeletVersion }),
    ofRow: ({ conditions, kubeletVersion }) => ({
      kubeletVersion,
      ready: conditions.some(
        ({ type, status }: { type: string; status: string }) =>
          type === 'Ready' && status === 'True',
      ),
    }),
  },
  namespaces: {
    ofTruth: ({ phase }) => ({ phase }),
    ofRow: ({ phase }) => ({ phase }),
  },
};

/** What the simulator says of an object. */
export function factsOfTruth({ resource, fields }: TrueObject): string {
  return factsOf(FACTS[resource].ofTruth(fields));
}

/** What a stored document says of its object. */
export function factsOfRow(
  collector: string,
  doc: Record<string, unknown>,
): string {
  return factsOf(FACTS[collector].ofRow(doc));
}

function imagesOf(containers: Array<{ image: string }>): string[] {
  return containers.map(({ image }) => image);
}
