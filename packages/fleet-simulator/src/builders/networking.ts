import type { KubernetesObject } from '../kubernetes';
import { build, DEPLOYER, type NamespacedOptions } from './meta';

/** A ClusterIP Service on port 80. */
export function service(
  options: NamespacedOptions & {
    selector: Record<string, string>;
    clusterIp?: string;
  },
): KubernetesObject {
  const { selector, clusterIp = '10.96.0.10' } = options;
  return build({
    apiVersion: 'v1',
    kind: 'Service',
    meta: options,
    content: {
      spec: {
        type: 'ClusterIP',
        clusterIP: clusterIp,
        clusterIPs: [clusterIp],
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
        selector,
        sessionAffinity: 'None',
      },
      status: { loadBalancer: {} },
    },
    managers: options.managedBy ?? [DEPLOYER],
  });
}

/** An Ingress of one host to one Service. */
export function ingress(
  options: NamespacedOptions & {
    host: string;
    service: string;
    className?: string;
  },
): KubernetesObject {
  const { host, className = 'nginx' } = options;
  return build({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    meta: options,
    generation: true,
    content: {
      spec: {
        ingressClassName: className,
        tls: [{ hosts: [host], secretName: `${options.name}-tls` }],
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: {
                    service: { name: options.service, port: { number: 80 } },
                  },
                },
              ],
            },
          },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } },
    },
    managers: options.managedBy ?? [DEPLOYER],
  });
}

/** An HTTPRoute of one host to one Service, accepted by its gateway. */
export function httpRoute(
  options: NamespacedOptions & {
    host: string;
    service: string;
    gateway?: string;
  },
): KubernetesObject {
  const parentRef = {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    name: options.gateway ?? 'public',
    namespace: 'gateway-system',
  };
  return build({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    meta: options,
    generation: true,
    content: {
      spec: {
        parentRefs: [parentRef],
        hostnames: [options.host],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [
              {
                group: '',
                kind: 'Service',
                name: options.service,
                port: 80,
                weight: 1,
              },
            ],
          },
        ],
      },
      status: {
        parents: [
          {
            parentRef,
            controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
            conditions: [
              { type: 'Accepted', status: 'True', reason: 'Accepted' },
              { type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs' },
            ],
          },
        ],
      },
    },
    managers: options.managedBy ?? [DEPLOYER],
  });
}
