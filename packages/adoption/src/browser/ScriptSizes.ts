import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Counts the JavaScript that a page loads, as a server would compress it. */
export class ScriptSizes {
  readonly #sizes = new Map<string, Promise<number>>();

  constructor(page: Page) {
    page.on('response', response => {
      if (response.request().resourceType() !== 'script') return;
      this.#sizes.set(
        response.url(),
        response.body().then(body => gzipSync(body).length),
      );
    });
  }

  /** @returns bytes of all scripts so far, each compressed by gzip */
  async total(): Promise<number> {
    const sizes = await Promise.all(this.#sizes.values());
    return sizes.reduce((sum, size) => sum + size, 0);
  }
}
