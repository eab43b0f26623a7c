import type { KubernetesObject } from '../kubernetes/KubernetesObject';

/** A service as it is deployed. */
export interface Service {
  /** Name of the workload. */
  id: string;
  /** Whether the workload says which component of the demo catalog it is. */
  inCatalog: boolean;
  namespace: string;
  image: string;
}

interface PodOptions {
  image: string;
  /** A label that no node has keeps the pods pending. */
  nodeSelector?: Record<string, string>;
}

/** Ties a workload to its entity in the catalog. */
const idLabel = 'backstage.io/kubernetes-id';

function podTemplate(
  labels: Record<string, string>,
  { image, nodeSelector }: PodOptions,
) {
  return {
    metadata: { labels },
    spec: {
      nodeSelector,
      securityContext: { runAsNonRoot: true },
      containers: [
        {
          name: 'main',
          image,
          ports: [{ name: 'http', containerPort: 8080 }],
          resources: {
            requests: { cpu: '100m', memory: '128Mi' },
            limits: { memory: '256Mi' },
          },
          readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
        },
      ],
    },
  };
}

function labelsOf(service: Service): Record<string, string> {
  return {
    'app.kubernetes.io/name': service.id,
    ...(service.inCatalog ? { [idLabel]: service.id } : {}),
  };
}

function selectorOf(service: Service) {
  return { matchLabels: { 'app.kubernetes.io/name': service.id } };
}

function metadataOf(service: Service) {
  return {
    name: service.id,
    namespace: service.namespace,
    labels: labelsOf(service),
  };
}

/** A namespace. */
export function namespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A Deployment; with a `nodeSelector` that no node fits it never gets ready. */
export function deployment(
  service: Service,
  options: { replicas: number; nodeSelector?: Record<string, string> },
): KubernetesObject {
  const { replicas, nodeSelector } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(service),
    spec: {
      replicas,
      progressDeadlineSeconds: 60,
      selector: selectorOf(service),
      template: podTemplate(labelsOf(service), {
        image: service.image,
        nodeSelector,
      }),
    },
  };
}

/** A StatefulSet without volumes: nothing here would provision them. */
export function statefulSet(
  service: Service,
  replicas: number,
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(service),
    spec: {
      replicas,
      serviceName: service.id,
      selector: selectorOf(service),
      template: podTemplate(labelsOf(service), { image: service.image }),
    },
  };
}

/** A DaemonSet. */
export function daemonSet(service: Service): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadataOf(service),
    spec: {
      selector: selectorOf(service),
      template: podTemplate(labelsOf(service), { image: service.image }),
    },
  };
}

/** A CronJob; kwok lets its pods succeed after a second. */
export function cronJob(service: Service, schedule: string): KubernetesObject {
  const { metadata, spec } = podTemplate(labelsOf(service), {
    image: service.image,
  });
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(service),
    spec: {
      schedule,
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          template: { metadata, spec: { ...spec, restartPolicy: 'Never' } },
        },
      },
    },
  };
}

/** A budget; one that wants 100 % available blocks every drain. */
export function disruptionBudget(
  service: Service,
  limit: { minAvailable: string } | { maxUnavailable: number },
): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(service),
    spec: { ...limit, selector: selectorOf(service) },
  };
}

/** An autoscaler for a Deployment; without metrics it says that it is blind. */
export function autoscaler(
  service: Service,
  bounds: { min: number; max: number },
): KubernetesObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(service),
    spec: {
      minReplicas: bounds.min,
      maxReplicas: bounds.max,
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: service.id,
      },
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: 70 },
          },
        },
      ],
    },
  };
}
