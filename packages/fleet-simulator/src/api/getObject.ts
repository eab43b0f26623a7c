import type { KubernetesObject } from '../kubernetes';
import { objectKey, type ObjectSource } from '../store/ObjectSource';
import type { TypedRequest } from './Reply';
import { objectNotFound } from './StatusError';

/**
 * The object a request names.
 *
 * @throws StatusError 404
 */
export function getObject(
  request: TypedRequest,
  source: ObjectSource,
): KubernetesObject {
  const { type, name = '' } = request;
  const namespace = type.namespaced ? request.namespace : undefined;
  const object = source.get(type, objectKey(namespace, name));
  if (!object) throw objectNotFound(type, name);
  return object;
}
