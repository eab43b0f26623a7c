import type { ApiRequest } from './Reply';
import { badRequest, StatusError } from './StatusError';

/** First bytes of a body in the binary encoding of Kubernetes. */
const PROTOBUF_MAGIC = 'k8s\0';

/**
 * The JSON body of a request.
 *
 * @throws StatusError 415 for the binary encoding, which simulated clusters do
 * not read; 400 for what is no JSON
 */
export function parseJsonBody(request: ApiRequest): any {
  const text = request.body.toString();
  if (text.startsWith(PROTOBUF_MAGIC)) {
    throw new StatusError({
      code: 415,
      reason: 'UnsupportedMediaType',
      message:
        'the body of the request was in an unknown format - accepted media types include: application/json',
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}
