import type { ControlPlane } from '../control-plane/ControlPlane';
import type { KubernetesObject } from '../kubernetes/KubernetesObject';
import { waitFor } from '../processes/waitFor';
import type { ClusterPlan } from './clusterPlans';
import {
  autoscaler,
  cronJob,
  daemonSet,
  deployment,
  disruptionBudget,
  namespace,
  statefulSet,
  type Service,
} from './workloads';

function service(namespaceName: string, id: string, inCatalog = true): Service {
  return { id, namespace: namespaceName, inCatalog, image: image(id, '1.4.2') };
}

function image(id: string, version: string): string {
  return `registry.example/${id}:${version}`;
}

const checkout = service('checkout', 'checkout-api');
const cart = service('checkout', 'cart-api');
const web = service('checkout', 'checkout-web');
const payments = service('payments', 'payment-api');
const gateway = service('payments', 'payment-gateway');
const orders = service('orders', 'order-api');
const orderSearch = service('orders', 'order-search');
const invoices = service('billing', 'invoice-render');
const logs = service('observability', 'log-agent', false);

/**
 * Fills a cluster with services of the demo catalog through several managers
 * of fields, lets them roll out, and leaves the troubles in it: a budget that
 * blocks every drain and, in stage, a rollout that never gets ready.
 */
export async function populateCluster(
  plane: ControlPlane,
  plan: ClusterPlan,
): Promise<void> {
  const { client } = plane;
  const { replicas } = plan;
  const namespaces = [checkout, payments, orders, invoices, logs].map(
    ({ namespace: name }) => namespace(name),
  );
  await client.apply(namespaces, { fieldManager: 'terraform' });
  const delivered = [checkout, cart, web, gateway, orders].map(each =>
    deployment(each, { replicas }),
  );
  await client.apply(
    [
      ...delivered,
      statefulSet(orderSearch, replicas),
      disruptionBudget(checkout, { maxUnavailable: 1 }),
      autoscaler(checkout, { min: replicas, max: 10 }),
    ],
    { fieldManager: 'argocd-controller' },
  );
  await client.apply(
    [
      deployment(payments, { replicas }),
      disruptionBudget(payments, { minAvailable: '100%' }),
      cronJob(invoices, '*/2 * * * *'),
    ],
    { fieldManager: 'helm' },
  );
  await client.apply([daemonSet(logs)], { fieldManager: 'terraform' });
  await Promise.all(
    [...delivered, deployment(payments, { replicas })].map(object =>
      rolledOut(plane, object),
    ),
  );
  if (plan.environment === 'stage') {
    const next = { ...orders, image: image(orders.id, '2.0.0-rc.1') };
    await client.apply(
      [
        deployment(next, {
          replicas,
          nodeSelector: { 'node.example/pool': 'gpu' },
        }),
      ],
      { fieldManager: 'argocd-controller' },
    );
  }
}

async function rolledOut(
  plane: ControlPlane,
  object: KubernetesObject,
): Promise<void> {
  await waitFor(
    async () => {
      const { metadata, spec, status } = await plane.client.get<{
        metadata: { generation: number };
        spec: { replicas: number };
        status?: { observedGeneration?: number; readyReplicas?: number };
      }>(object);
      return (
        status?.observedGeneration === metadata.generation &&
        status.readyReplicas === spec.replicas
      );
    },
    {
      describe: `${object.kind} ${object.metadata.name} in ${plane.name} to roll out`,
      timeoutMs: 90_000,
    },
  );
}
