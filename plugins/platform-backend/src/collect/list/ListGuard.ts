import { createHash } from 'node:crypto';
import type { ListBounds } from '../bounds';
import { ClusterError } from '../ClusterError';
import { malformed } from './listBody';

const GIBIBYTE = 1024 * 1024 * 1024;

/** Ends a list that goes in circles, or on without end. */
export class ListGuard {
  private readonly tokens = new Set<string>();
  private pages = 0;
  private bytes = 0;
  private objects = 0;

  constructor(
    private readonly options: {
      clusterName: string;
      path: string;
      bounds: ListBounds;
    },
  ) {}

  /**
   * A page came.
   *
   * @throws ClusterError when there must be no page after it although it says
   *   so: `malformed` in a circle, `too_large` where it is too much
   */
  page(page: { bodyBytes: number; continueToken: string | undefined }): void {
    const { maxPages, maxBytes } = this.options.bounds;
    this.pages++;
    this.bytes += page.bodyBytes;
    if (page.continueToken === undefined) {
      return;
    }
    // Hashed, for each token can be as long as a URL.
    const token = createHash('sha256')
      .update(page.continueToken)
      .digest('base64url');
    if (this.tokens.has(token)) {
      throw malformed(this.options, 'that continues where it has been');
    }
    this.tokens.add(token);
    if (this.pages >= maxPages) {
      throw this.tooLarge(`${maxPages} pages`);
    }
    if (this.bytes >= maxBytes) {
      throw this.tooLarge(`${Math.round(maxBytes / GIBIBYTE)} GiB`);
    }
  }

  /**
   * So many objects more were named.
   *
   * @returns all objects so far
   * @throws ClusterError `too_large`
   */
  add(objects: number): number {
    const { maxObjects } = this.options.bounds;
    this.objects += objects;
    if (this.objects > maxObjects) {
      throw this.tooLarge(`${maxObjects} objects`);
    }
    return this.objects;
  }

  private tooLarge(limit: string): ClusterError {
    const { clusterName, path } = this.options;
    return new ClusterError({
      code: 'too_large',
      clusterName,
      message: `Cluster ${clusterName} goes on with the list of ${path} after ${limit}, which is where it was ended; what was stored before is kept. If the cluster really has so many, raise \`platform.collect.maxObjectsPerList\`, or leave the collector out with \`platform.collect.disabled\``,
    });
  }
}
