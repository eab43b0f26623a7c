import type { JsonArray, JsonObject } from '@backstage/types';
import {
  compact,
  compactAll,
  flag,
  quantities,
  record,
  records,
  text,
  textMap,
  whole,
} from './projection';

/**
 * What a pod template says about how its pods run: images, resources, which
 * probes there are, the switches of the security context. No environment, no
 * arguments, no commands, no probe's address or header.
 */
export function podTemplate(template: unknown): JsonObject {
  const { metadata, spec } = record(template);
  const pod = record(spec);
  return compact({
    templateLabels: textMap(record(metadata).labels),
    containers: [
      ...containers(pod.initContainers, true),
      ...containers(pod.containers, false),
    ],
    podSecurityContext: compact(podSecurity(pod.securityContext)),
    serviceAccountName: text(pod.serviceAccountName, 253),
    automountServiceAccountToken: flag(pod.automountServiceAccountToken),
    hostNetwork: flag(pod.hostNetwork),
    hostPID: flag(pod.hostPID),
    hostIPC: flag(pod.hostIPC),
    priorityClassName: text(pod.priorityClassName, 253),
    terminationGracePeriodSeconds: whole(pod.terminationGracePeriodSeconds),
    topologySpreadKeys: records(pod.topologySpreadConstraints, 20).flatMap(
      constraint => text(constraint.topologyKey, 317) ?? [],
    ),
    hostPathVolumes: records(pod.volumes).filter(
      volume => volume.hostPath !== undefined,
    ).length,
  });
}

function containers(value: unknown, init: boolean): JsonArray {
  return compactAll(
    records(value).map(container => {
      const { requests, limits } = record(container.resources);
      return {
        name: text(container.name, 253),
        image: text(container.image),
        init,
        // A sidecar is an init container that keeps running.
        restartPolicy: text(container.restartPolicy, 16),
        requests: quantities(requests),
        limits: quantities(limits),
        probes: {
          liveness: container.livenessProbe !== undefined,
          readiness: container.readinessProbe !== undefined,
          startup: container.startupProbe !== undefined,
        },
        securityContext: compact(containerSecurity(container.securityContext)),
        ports: compactAll(
          records(container.ports).map(port => ({
            name: text(port.name, 63),
            port: whole(port.containerPort),
            protocol: text(port.protocol, 8),
            hostPort: whole(port.hostPort),
          })),
        ),
      };
    }),
  );
}

function podSecurity(value: unknown) {
  const context = record(value);
  return {
    runAsNonRoot: flag(context.runAsNonRoot),
    runAsRoot:
      context.runAsUser === undefined ? undefined : context.runAsUser === 0,
    seccompProfile: text(record(context.seccompProfile).type, 32),
  };
}

function containerSecurity(value: unknown) {
  const context = record(value);
  const { add, drop } = record(context.capabilities);
  return {
    ...podSecurity(value),
    privileged: flag(context.privileged),
    allowPrivilegeEscalation: flag(context.allowPrivilegeEscalation),
    readOnlyRootFilesystem: flag(context.readOnlyRootFilesystem),
    dropsAllCapabilities: Array.isArray(drop)
      ? drop.some(name => String(name).toUpperCase() === 'ALL')
      : undefined,
    addsCapabilities: Array.isArray(add) ? add.length > 0 : undefined,
  };
}
