import type {
  KubernetesObject,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import { builtInCollectors } from '.';

const lists = builtInCollectors.filter(
  (collector): collector is ListCollector => collector.type === 'list',
);

const container = (name: string) => ({
  name,
  image: 'example.com/app:1',
  env: [{ name: 'TOKEN', value: 'SECRET-MARK-env' }],
  envFrom: [{ secretRef: { name: 'SECRET-MARK-env-from' } }],
  args: ['--password=SECRET-MARK-args'],
  command: ['sh', '-c', 'SECRET-MARK-command'],
  lifecycle: { preStop: { exec: { command: ['SECRET-MARK-hook'] } } },
  livenessProbe: {
    httpGet: { httpHeaders: [{ name: 'x', value: 'SECRET-MARK-probe' }] },
  },
  resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } },
  securityContext: {
    runAsUser: 0,
    seLinuxOptions: { user: 'SECRET-MARK-selinux' },
    capabilities: { drop: ['ALL'] },
  },
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
});

const podTemplate = {
  metadata: {
    labels: { app: 'cart' },
    annotations: { note: 'SECRET-MARK-template-annotation' },
  },
  spec: {
    containers: [container('main')],
    initContainers: [container('init')],
    volumes: [{ name: 'v', hostPath: { path: '/SECRET-MARK-volume' } }],
    imagePullSecrets: [{ name: 'SECRET-MARK-pull' }],
    hostAliases: [{ hostnames: ['SECRET-MARK-alias'] }],
    securityContext: { runAsNonRoot: true, sysctls: [{ name: 'SECRET-MARK' }] },
  },
};

/** One object that has a mark in every field that may carry a secret, of all kinds at once. */
const object = {
  kind: 'Any',
  metadata: {
    uid: 'uid-1',
    name: 'cart',
    namespace: 'shop',
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: { app: 'cart' },
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration':
        'SECRET-MARK-last-applied',
      'example.com/note': 'SECRET-MARK-annotation',
    },
    managedFields: [
      {
        manager: 'kubectl',
        apiVersion: 'apps/v1',
        operation: 'Update',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:SECRET-MARK-managed': {} } },
      },
    ],
  },
  data: { password: 'SECRET-MARK-data' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'cart' } },
    template: podTemplate,
    jobTemplate: { spec: { template: podTemplate } },
    ...podTemplate.spec,
    externalName: 'SECRET-MARK-external-name',
    rules: [
      {
        host: 'cart.example.com',
        http: { paths: [{ path: '/SECRET-MARK-path', backend: {} }] },
      },
    ],
    tls: [{ hosts: ['cart.example.com'], secretName: 'SECRET-MARK-tls' }],
    ingress: [{ from: [{ ipBlock: { cidr: 'SECRET-MARK-cidr' } }] }],
    metrics: [
      {
        type: 'External',
        external: { metric: { name: 'SECRET-MARK-metric' } },
      },
    ],
  },
  status: {
    conditions: [
      {
        type: 'Ready',
        status: 'False',
        reason: 'Broken',
        message: 'SECRET-MARK-message',
      },
    ],
    images: [{ names: ['SECRET-MARK-images'] }],
    addresses: [{ address: 'SECRET-MARK-address' }],
    containerStatuses: [
      {
        name: 'main',
        restartCount: 1,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: 'SECRET-MARK-waiting',
          },
        },
        lastState: { terminated: { message: 'SECRET-MARK-terminated' } },
      },
    ],
  },
} as unknown as KubernetesObject;

function rowsOf(collector: ListCollector, item: KubernetesObject) {
  const aggregator = collector.aggregate?.();
  if (aggregator) {
    aggregator.add(item);
    return aggregator.rows();
  }
  const row = collector.project?.(item);
  return row ? [row] : [];
}

describe.each(lists.map(collector => [collector.id, collector] as const))(
  'what the collector of %s stores',
  (_, collector) => {
    it('has nothing of environment, arguments, commands, annotations or managed fields', () => {
      const rows = rowsOf(collector, structuredClone(object));
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain('SECRET-MARK');
    });

    it('survives an object with nothing but a name, and one where every field is of another type', () => {
      const odd = {
        metadata: {
          name: 'odd',
          labels: [1],
          annotations: 'x',
          ownerReferences: {},
          managedFields: 7,
        },
        spec: {
          template: 3,
          selector: [],
          rules: {},
          containers: 'x',
          ports: 1,
        },
        status: { conditions: 'x', containerStatuses: {} },
      } as unknown as KubernetesObject;
      for (const item of [{ metadata: { name: 'bare' } }, odd]) {
        const [row] = rowsOf(collector, item as KubernetesObject);
        expect(JSON.parse(JSON.stringify(row))).toEqual(row);
      }
    });

    it('stays small, whatever markup, labels or nesting an object brings', () => {
      const huge = structuredClone(object) as any;
      huge.metadata.labels = Object.fromEntries(
        Array.from({ length: 5_000 }, (__, index) => [
          `label-${index}`,
          '<script>'.repeat(1_000),
        ]),
      );
      let deep: any = {};
      for (let level = 0; level < 50_000; level++) {
        deep = { deep };
      }
      huge.spec.selector = { matchLabels: deep, matchExpressions: [deep] };
      huge.spec.strategy = { rollingUpdate: deep };
      const text = JSON.stringify(rowsOf(collector, huge));
      expect(text.length).toBeLessThan(40_000);
    });
  },
);
