import type { KubernetesObject, ObjectMeta } from '../kubernetes';
import type { ScannedObject } from '../store/ObjectSource';
import type { Facts, TrueObject } from './truth';

/** How the objects of one resource are made out of the numbers of a cluster. */
export interface Blueprint<Item> {
  group: string;
  resource: string;
  apiVersion: string;
  kind: string;
  labels(item: Item): Record<string, string>;
  /** JSON text without kind and apiVersion. */
  json(item: Item): string;
  uid(item: Item): string;
  resourceVersion(item: Item): string;
  /** What a collector should have understood of it. */
  facts(item: Item): Facts;
}

/** An object that is written out when it is looked at. */
export class GeneratedObject<Item = unknown> implements ScannedObject {
  constructor(
    readonly key: string,
    private readonly blueprint: Blueprint<Item>,
    private readonly item: Item,
  ) {}

  get namespace(): string | undefined {
    const slash = this.key.indexOf('/');
    return slash < 0 ? undefined : this.key.slice(0, slash);
  }

  get name(): string {
    return this.key.slice(this.key.indexOf('/') + 1);
  }

  get metadata(): Pick<ObjectMeta, 'name' | 'namespace' | 'labels'> {
    const { name, namespace } = this;
    return { name, namespace, labels: this.blueprint.labels(this.item) };
  }

  get json(): string {
    return this.blueprint.json(this.item);
  }

  get object(): KubernetesObject {
    const { kind, apiVersion } = this.blueprint;
    return { kind, apiVersion, ...JSON.parse(this.json) };
  }

  get uid(): string {
    return this.blueprint.uid(this.item);
  }

  get resourceVersion(): string {
    return this.blueprint.resourceVersion(this.item);
  }

  /** What an inventory of the cluster must say of it. */
  get truth(): TrueObject {
    const { blueprint, item, name, namespace } = this;
    return {
      group: blueprint.group,
      resource: blueprint.resource,
      namespace: namespace ?? null,
      name,
      uid: this.uid,
      resourceVersion: this.resourceVersion,
      fields: blueprint.facts(item),
    };
  }
}
