/** A container, as far as builders spell it out. */
export interface ContainerOptions {
  name: string;
  image: string;
  env?: Record<string, string>;
  args?: string[];
  ports?: number[];
  requests?: Record<string, string>;
  limits?: Record<string, string>;
  /** Liveness and readiness on the first port. */
  probes?: boolean;
  securityContext?: Record<string, unknown>;
}

/** What pods of a workload run. */
export interface PodTemplateOptions {
  /** One container of this image, when `containers` is absent. */
  image?: string;
  containers?: readonly ContainerOptions[];
  initContainers?: readonly ContainerOptions[];
  serviceAccountName?: string;
  nodeSelector?: Record<string, string>;
  priorityClassName?: string;
  /** Names of claims that are mounted. */
  claims?: readonly string[];
  /** Labels of the pods beyond those of the selector. */
  podLabels?: Record<string, string>;
}

/** The `spec` of pods, as the API server completes it. */
export function podSpec(
  options: PodTemplateOptions & { defaultName: string },
  restartPolicy: 'Always' | 'OnFailure' | 'Never' = 'Always',
): Record<string, any> {
  const containers = options.containers ?? [
    {
      name: options.defaultName,
      image: options.image ?? 'registry.example.com/app:1.0.0',
    },
  ];
  const { initContainers, claims } = options;
  return {
    ...(initContainers?.length
      ? { initContainers: initContainers.map(container) }
      : {}),
    containers: containers.map(container),
    restartPolicy,
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: options.serviceAccountName ?? 'default',
    ...(options.nodeSelector ? { nodeSelector: options.nodeSelector } : {}),
    ...(options.priorityClassName
      ? { priorityClassName: options.priorityClassName }
      : {}),
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...(claims?.length
      ? {
          volumes: claims.map(name => ({
            name,
            persistentVolumeClaim: { claimName: name },
          })),
        }
      : {}),
  };
}

function container(options: ContainerOptions) {
  const { requests, limits, ports, env } = options;
  const probe = {
    httpGet: { path: '/healthz', port: ports?.[0] ?? 8080, scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
  return {
    name: options.name,
    image: options.image,
    ...(options.args ? { args: options.args } : {}),
    ...(ports
      ? {
          ports: ports.map(containerPort => ({
            containerPort,
            protocol: 'TCP',
          })),
        }
      : {}),
    ...(env
      ? { env: Object.entries(env).map(([name, value]) => ({ name, value })) }
      : {}),
    resources: {
      ...(requests ? { requests } : {}),
      ...(limits ? { limits } : {}),
    },
    ...(options.probes ? { livenessProbe: probe, readinessProbe: probe } : {}),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    ...(options.securityContext
      ? { securityContext: options.securityContext }
      : {}),
  };
}
