import type { ServerResponse } from 'node:http';
import type { KubernetesObject } from '../kubernetes';
import { groupVersionOf, qualifiedName } from '../resources/ResourceType';
import type { ObjectChange } from '../store/ObjectSource';
import type { ObjectFilter } from './labelSelector';
import type { TypedRequest } from './Reply';
import { representEvent } from './representations';

/** Writes events of one watch to its connection. */
export class WatchEventWriter {
  private first = true;

  constructor(
    private readonly response: ServerResponse,
    private readonly request: TypedRequest,
    private readonly as: string | undefined,
    private readonly now: () => number,
  ) {}

  /** Tells a change, as far as this watch can see it. */
  change(change: ObjectChange, filter: ObjectFilter | undefined): void {
    const { type, namespace } = this.request;
    if (qualifiedName(change.resource) !== qualifiedName(type)) return;
    if (namespace && change.object.metadata.namespace !== namespace) return;
    const sees = (object?: KubernetesObject) =>
      object !== undefined && (!filter || filter(object));
    const before = sees(change.previous);
    const after = change.type !== 'DELETED' && sees(change.object);
    if (!before && !after) return;
    if (before && after) this.object('MODIFIED', change.object);
    // An object that leaves the selection is gone for this watch.
    else this.object(after ? 'ADDED' : 'DELETED', change.object);
  }

  object(type: ObjectChange['type'], object: KubernetesObject): void {
    this.write(
      type,
      representEvent(object, this.as, {
        type: this.request.type,
        includeObject: this.request.query.get('includeObject') ?? undefined,
        now: this.now(),
        first: this.first,
      }),
    );
    this.first = false;
  }

  bookmark(revision: number, annotations?: Record<string, string>): void {
    const { type } = this.request;
    this.write('BOOKMARK', {
      kind: type.kind,
      apiVersion: groupVersionOf(type),
      metadata: {
        resourceVersion: String(revision),
        ...(annotations ? { annotations } : {}),
      },
    });
  }

  write(type: string, object: object): void {
    this.response.write(`${JSON.stringify({ type, object })}\n`);
  }
}
