import { InputError } from '@backstage/errors';
import { Agent, fetch } from 'undici';
import {
  KubernetesApiError,
  type KubernetesStatus,
} from './KubernetesApiError';
import type { KubernetesObject } from './KubernetesObject';

/** An API server and who one is to it. */
export interface KubernetesClientOptions {
  url: string;
  /** Certificate authority, PEM. */
  caPem: string;
  /** Bearer token; without one the client is `system:anonymous`. */
  token?: string;
}

/** What goes with a request besides its method and path. */
export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  /** @defaultValue 'application/json' */
  contentType?: string;
}

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** A small client for tests, somewhat like kubectl. Not for production. */
export class KubernetesClient {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #agent: Agent;
  /** Resources by group version; kinds do not move while a test runs. */
  readonly #resources = new Map<string, ApiResource[]>();

  constructor(options: KubernetesClientOptions) {
    this.#url = options.url;
    this.#headers = options.token
      ? { authorization: `Bearer ${options.token}` }
      : {};
    this.#agent = new Agent({ connect: { ca: options.caPem } });
  }

  /**
   * Sends a request and returns the parsed body, or the text where it is none
   * of JSON.
   *
   * @throws KubernetesApiError when the answer is not a success
   */
  async request<T = KubernetesObject>(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<T> {
    const { body, contentType = 'application/json' } = options;
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { ...this.#headers, 'content-type': contentType },
      body: body === undefined ? undefined : JSON.stringify(body),
      dispatcher: this.#agent,
    });
    const text = await response.text();
    const isJson = response.headers
      .get('content-type')
      ?.startsWith('application/json');
    const parsed = isJson ? JSON.parse(text) : undefined;
    if (!response.ok) {
      throw new KubernetesApiError({
        method,
        path,
        code: response.status,
        status: parsed as KubernetesStatus | undefined,
        body: text,
      });
    }
    return (parsed ?? text) as T;
  }

  /**
   * Applies the objects in their order by server-side apply, taking fields
   * from other managers.
   *
   * @returns the objects as stored
   */
  async apply(
    objects: KubernetesObject[],
    options: {
      /** Shows up in `managedFields`. @defaultValue 'roadbed-tests' */
      fieldManager?: string;
    } = {},
  ): Promise<KubernetesObject[]> {
    const { fieldManager = 'roadbed-tests' } = options;
    const query = new URLSearchParams({ fieldManager, force: 'true' });
    const applied: KubernetesObject[] = [];
    for (const object of objects) {
      applied.push(
        await this.request('PATCH', `${await this.pathOf(object)}?${query}`, {
          body: object,
          // JSON is YAML; apply has a media type of its own.
          contentType: 'application/apply-patch+yaml',
        }),
      );
    }
    return applied;
  }

  /** The object as it is now. */
  async get<T = KubernetesObject>(
    object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>,
  ): Promise<T> {
    return await this.request<T>('GET', await this.pathOf(object));
  }

  /**
   * Path of an object, by what the API server says of its kind.
   *
   * @throws InputError when the API server does not serve the kind
   */
  async pathOf(
    object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>,
  ): Promise<string> {
    const { apiVersion, kind, metadata } = object;
    const root = apiVersion.includes('/')
      ? `/apis/${apiVersion}`
      : `/api/${apiVersion}`;
    const resource = (await this.#resourcesOf(root)).find(
      // Subresources have the kind of their body: "deployments/scale".
      candidate => candidate.kind === kind && !candidate.name.includes('/'),
    );
    if (!resource) {
      throw new InputError(
        `${this.#url} serves no kind ${kind} in ${apiVersion}`,
      );
    }
    const namespace = resource.namespaced
      ? `/namespaces/${metadata.namespace ?? 'default'}`
      : '';
    return `${root}${namespace}/${resource.name}/${metadata.name}`;
  }

  async #resourcesOf(root: string): Promise<ApiResource[]> {
    const known = this.#resources.get(root);
    if (known) return known;
    const { resources } = await this.request<{ resources: ApiResource[] }>(
      'GET',
      root,
    );
    this.#resources.set(root, resources);
    return resources;
  }

  /** Closes all connections at once. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
