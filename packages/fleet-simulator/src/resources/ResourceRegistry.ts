import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  groupVersionOf,
  qualifiedName,
  type ResourceType,
} from './ResourceType';

/** The resources that one cluster serves. */
export class ResourceRegistry {
  private readonly byPath = new Map<string, ResourceType>();
  private readonly byKind = new Map<string, ResourceType>();
  private readonly storage = new Map<string, ResourceType>();

  constructor(types: Iterable<ResourceType>) {
    for (const type of types) this.add(type);
  }

  /**
   * Serves one more resource. The first version of a resource that is added is
   * the one that objects are stored under; further versions show the same
   * objects.
   *
   * @throws ConflictError when the same version of it is already served
   */
  add(type: ResourceType): void {
    const path = `${groupVersionOf(type)}/${type.resource}`;
    if (this.byPath.has(path)) {
      throw new ConflictError(`The resource ${path} is already registered`);
    }
    this.byPath.set(path, type);
    this.byKind.set(`${groupVersionOf(type)}/${type.kind}`, type);
    if (!this.storage.has(qualifiedName(type))) {
      this.storage.set(qualifiedName(type), type);
    }
  }

  /** The resource of a path, or undefined when it is not served. */
  find(
    group: string,
    version: string,
    resource: string,
  ): ResourceType | undefined {
    return this.byPath.get(`${groupVersionOf({ group, version })}/${resource}`);
  }

  /**
   * The resource of a kind, under the version its objects are stored as.
   *
   * @throws NotFoundError when no registered resource has that kind
   */
  ofKind(apiVersion: string, kind: string): ResourceType {
    const type = this.byKind.get(`${apiVersion}/${kind}`);
    if (!type) {
      throw new NotFoundError(
        `No resource serves ${kind} of ${apiVersion}; pass it in "extraResources" of the cluster, or switch its group on with "groups"`,
      );
    }
    return this.storage.get(qualifiedName(type))!;
  }

  /** In the order of registration. */
  all(): ResourceType[] {
    return [...this.byPath.values()];
  }

  /** Whether any version of a group is served. */
  hasGroup(group: string): boolean {
    return this.all().some(type => type.group === group);
  }
}
