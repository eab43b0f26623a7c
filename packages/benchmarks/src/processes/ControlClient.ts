import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SimulatorStats, TrueObject } from '@roadbed/fleet-simulator';
import { request } from 'undici';

/** Speaks to the control server of a simulator. */
export class ControlClient {
  private readonly url: string;
  private readonly token: string;

  /** @param stateDir - folder of the simulator */
  constructor(stateDir: string) {
    const { url, token } = JSON.parse(
      readFileSync(join(stateDir, 'control.json'), 'utf8'),
    );
    this.url = url;
    this.token = token;
  }

  stats(): Promise<SimulatorStats> {
    return this.send('GET', '/stats');
  }

  async resetStats(): Promise<void> {
    await this.send('DELETE', '/stats');
  }

  /** Makes a new revision in which a part of the objects differ. */
  change(options: {
    fraction: number;
    churn?: number;
    clusters?: string[];
  }): Promise<{ changed: number }> {
    return this.send('POST', '/change', options);
  }

  /** Switches a fault on. @returns its id */
  async injectFault(
    clusters: string[],
    fault: Record<string, unknown> & { kind: string },
  ): Promise<string> {
    const { id } = await this.send('POST', '/faults', { clusters, fault });
    return id;
  }

  /** Switches a fault off, or all of them. */
  async clearFaults(id?: string): Promise<void> {
    await this.send('DELETE', id ? `/faults/${id}` : '/faults');
  }

  /** Something happens to a cluster: `rebuild`, `swap-certificate`, … */
  act(cluster: string, action: string, body: object = {}): Promise<any> {
    return this.send('POST', `/clusters/${cluster}/${action}`, body);
  }

  /** Sets the clock of clusters ahead or behind. */
  async setClock(skewMs: number, clusters?: string[]): Promise<void> {
    await this.send('POST', '/clock', { skewMs, clusters });
  }

  /** Every object of a cluster as it would list it now. */
  async *truth(cluster: string): AsyncIterable<TrueObject> {
    const response = await this.request(
      'GET',
      `/truth?cluster=${encodeURIComponent(cluster)}`,
    );
    for await (const line of createInterface({ input: response.body })) {
      if (line) yield JSON.parse(line);
    }
  }

  private async send(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ) {
    const response = await this.request(method, path, body);
    const text = await response.body.text();
    return text ? JSON.parse(text) : undefined;
  }

  private async request(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ) {
    const response = await request(`${this.url}${path}`, {
      method,
      headersTimeout: 0,
      bodyTimeout: 0,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    if (response.statusCode >= 400) {
      throw new Error(
        `The control server answered ${method} ${path} with ${
          response.statusCode
        }: ${await response.body.text()}`,
      );
    }
    return response;
  }
}
