import { createHash } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import type { ConnectionBounds } from '../bounds';
import type { ClusterEndpoint } from './clusterEndpoint';

/** What makes two requests share sockets. Tokens are not part of it. */
export interface AgentRequest {
  endpoint: ClusterEndpoint;
  /** The client certificate of the connection, where the strategy gives one. */
  client?: { cert: string; key: string };
  /** Resolves host names instead of the system, to refuse some addresses. */
  lookup?: LookupFunction;
}

/**
 * One agent per cluster, the least recently used closed first.
 *
 * @remarks
 * Keyed by address, authority and client certificate: a rotated CA opens new
 * sockets, a rotated token does not.
 */
export class AgentPool {
  private readonly agents = new Map<string, Agent>();

  constructor(
    private readonly options: { bounds: ConnectionBounds; maxAgents?: number },
  ) {}

  /** The agent for such a connection; ask again for each request. */
  get(request: AgentRequest): Agent {
    const key = keyOf(request);
    const agent = this.agents.get(key) ?? this.open(request);
    this.agents.delete(key);
    this.agents.set(key, agent);
    this.evict();
    return agent;
  }

  /** Closes the sockets of one connection once they are idle. */
  async close(request: AgentRequest): Promise<void> {
    const key = keyOf(request);
    const agent = this.agents.get(key);
    this.agents.delete(key);
    await agent?.close();
  }

  /** Closes every socket at once. */
  async destroy(): Promise<void> {
    const agents = [...this.agents.values()];
    this.agents.clear();
    await Promise.all(agents.map(agent => agent.destroy()));
  }

  /** How many agents are open. */
  get size(): number {
    return this.agents.size;
  }

  private open({ endpoint, client, lookup }: AgentRequest): Agent {
    const { bounds } = this.options;
    return new Agent({
      connections: bounds.connections,
      pipelining: 1,
      headersTimeout: bounds.headersTimeoutMs,
      bodyTimeout: bounds.bodyTimeoutMs,
      maxResponseSize: bounds.maxWireBytes,
      connect: {
        timeout: bounds.connectTimeoutMs,
        rejectUnauthorized: !endpoint.skipTLSVerify,
        ...(endpoint.ca && { ca: endpoint.ca }),
        ...client,
        ...(lookup && { lookup }),
      },
    });
  }

  private evict(): void {
    const max = this.options.maxAgents ?? 512;
    for (const [key, agent] of this.agents) {
      if (this.agents.size <= max) {
        return;
      }
      this.agents.delete(key);
      // Running requests finish first; nobody waits for the sockets.
      agent.close().catch(() => agent.destroy());
    }
  }
}

function keyOf({ endpoint, client, lookup }: AgentRequest): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        endpoint.url.href,
        endpoint.ca ?? null,
        endpoint.skipTLSVerify,
        client?.cert ?? null,
        client?.key ?? null,
        lookup !== undefined,
      ]),
    )
    .digest('hex');
}
