import type { JsonArray } from '@backstage/types';
import type { ListCollector } from '@roadbed/backstage-plugin-platform-node';
import { listCollector } from './listCollector';
import { selector } from './metadata';
import {
  compact,
  compactAll,
  numberOrText,
  record,
  records,
  text,
  textMap,
  texts,
  whole,
} from './projection';

const services = listCollector({
  resource: {
    group: '',
    versions: ['v1'],
    resource: 'services',
    kind: 'Service',
  },
  title: 'Services',
  minutes: 10,
  doc: object => {
    const spec = record(object.spec);
    return compact({
      type: text(spec.type, 32),
      selector: textMap(spec.selector),
      headless: spec.clusterIP === 'None',
      ports: compactAll(
        records(spec.ports).map(port => ({
          name: text(port.name, 63),
          port: whole(port.port),
          targetPort: numberOrText(port.targetPort),
          protocol: text(port.protocol, 8),
        })),
      ),
      loadBalancerClass: text(spec.loadBalancerClass, 253),
      externalTrafficPolicy: text(spec.externalTrafficPolicy, 16),
      ipFamilies: texts(spec.ipFamilies),
    });
  },
});

const ingresses = listCollector({
  resource: {
    group: 'networking.k8s.io',
    versions: ['v1'],
    resource: 'ingresses',
    kind: 'Ingress',
  },
  title: 'Ingresses',
  minutes: 10,
  doc: object => {
    const spec = record(object.spec);
    const { annotations } = record(object.metadata);
    return compact({
      // The annotation is how the class was named before the field.
      ingressClassName:
        text(spec.ingressClassName, 253) ??
        text(record(annotations)['kubernetes.io/ingress.class'], 253),
      hosts: records(spec.rules).flatMap(rule => text(rule.host, 253) ?? []),
      tls: records(spec.tls).length > 0,
      tlsHosts: records(spec.tls).flatMap(entry => texts(entry.hosts) ?? []),
      services: ingressServices(spec),
    });
  },
});

/** The services an ingress leads to, each once. */
function ingressServices(spec: Record<string, unknown>): JsonArray {
  const backends = [
    record(spec.defaultBackend),
    ...records(spec.rules).flatMap(rule =>
      records(record(rule.http).paths).map(path => record(path.backend)),
    ),
  ];
  const names = backends.flatMap(
    backend => text(record(backend.service).name, 253) ?? [],
  );
  return [...new Set(names)];
}

const networkPolicies = listCollector({
  resource: {
    group: 'networking.k8s.io',
    versions: ['v1'],
    resource: 'networkpolicies',
    kind: 'NetworkPolicy',
  },
  title: 'Network policies',
  minutes: 10,
  doc: object => {
    const spec = record(object.spec);
    return compact({
      podSelector: selector(spec.podSelector),
      policyTypes: texts(spec.policyTypes),
      // How many rules there are decides whether a policy denies by default;
      // addresses in them are nobody's business here.
      ingressRules: Array.isArray(spec.ingress) ? spec.ingress.length : 0,
      egressRules: Array.isArray(spec.egress) ? spec.egress.length : 0,
    });
  },
});

/** Services, ingresses and network policies. */
export const networkingCollectors: readonly ListCollector[] = [
  services,
  ingresses,
  networkPolicies,
];
