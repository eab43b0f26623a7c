import type { KubernetesObject } from '@roadbed/backstage-plugin-platform-node';
import { malformed } from './listBody';

/** The longest name of any kind, and of a namespace. */
const MAX_NAME_LENGTH = 253;
const MAX_UID_LENGTH = 128;
/** What no API server takes as a name and no database as text. */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * The objects that a list has named so far, each with a name of its own.
 *
 * @remarks
 * Objects are stored by UID. A list that gives one UID to two objects would
 * lose one of them, so it is refused; one that names the same object twice, as
 * happens where pages are not of one snapshot, is not.
 */
export class NamedObjects {
  /** UID to a hash of the name. */
  private readonly names = new Map<string, number>();

  constructor(private readonly asked: { clusterName: string; path: string }) {}

  /**
   * @returns whether the object was named before
   * @throws ClusterError `malformed`
   */
  add(object: KubernetesObject): boolean {
    const metadata: Record<string, unknown> = object?.metadata ?? {};
    const name = this.printable('name', metadata.name, MAX_NAME_LENGTH);
    if (name === undefined) {
      throw malformed(this.asked, 'with an object that has no name');
    }
    const namespace =
      this.printable('namespace', metadata.namespace, MAX_NAME_LENGTH) ?? '';
    const path = `${namespace}/${name}`;
    const uid = this.printable('uid', metadata.uid, MAX_UID_LENGTH) ?? path;
    const hash = hashOf(path);
    const before = this.names.get(uid);
    if (before !== undefined && before !== hash) {
      throw malformed(
        this.asked,
        `in which ${shown(path)} has the UID of another object`,
      );
    }
    this.names.set(uid, hash);
    return before !== undefined;
  }

  private printable(
    field: string,
    value: unknown,
    maxLength: number,
  ): string | undefined {
    if (value === undefined || value === null || value === '') {
      return undefined;
    }
    if (
      typeof value !== 'string' ||
      value.length > maxLength ||
      UNPRINTABLE.test(value)
    ) {
      throw malformed(
        this.asked,
        `with an object whose \`metadata.${field}\` is not a text of at most ${maxLength} printable characters`,
      );
    }
    return value;
  }
}

/** For the ledger: an object is found by it, and it is no longer than a line. */
function shown(path: string): string {
  return JSON.stringify(path.replace(/^\//, '').slice(0, 120));
}

/** FNV-1a, 31 bits: a name is compared with one other, not with all. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 1;
}
