import { Agent, request } from 'undici';
import type { SimulatedCluster } from '../SimulatedCluster';

/** An answer, with its body as text and, where it is JSON, parsed. */
export interface TestAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: any;
}

/** Talks to one API server in tests. */
export interface TestClient {
  get(path: string, headers?: Record<string, string>): Promise<TestAnswer>;
  send(options: {
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    path: string;
    body?: unknown;
    contentType?: string;
  }): Promise<TestAnswer>;
  close(): Promise<void>;
}

/** A client with a bearer token that trusts one authority. */
export function testClient(target: {
  url: string;
  caPem: string;
  token?: string;
  connectTimeoutMs?: number;
}): TestClient {
  const agent = new Agent({
    connect: { ca: target.caPem, timeout: target.connectTimeoutMs ?? 5_000 },
  });
  const authorization: Record<string, string> = target.token
    ? { authorization: `Bearer ${target.token}` }
    : {};
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<TestAnswer> => {
    const response = await request(`${target.url}${path}`, {
      method,
      dispatcher: agent,
      headers: {
        'user-agent': 'roadbed-test/1.0',
        ...authorization,
        ...options.headers,
      },
      body: options.body,
    });
    const text = await response.body.text();
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      body: isJson && text.startsWith('{') ? tryParse(text) : undefined,
    };
  };
  return {
    get: (path, headers) => call('GET', path, { headers }),
    send: ({ method, path, body, contentType = 'application/json' }) =>
      call(method, path, {
        headers: { 'content-type': contentType },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    close: () => agent.close(),
  };
}

/** A client with the token of a simulated cluster, or with its admin token. */
export function clientOf(
  cluster: SimulatedCluster,
  as: 'collector' | 'admin' = 'collector',
): TestClient {
  return testClient({
    url: cluster.url,
    caPem: cluster.caPem,
    token: as === 'admin' ? cluster.adminToken : cluster.token,
  });
}

/** Streams of events are JSON by name and several documents by nature. */
function tryParse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One GET whose body is left as it came over the wire. */
export async function rawGet(
  target: { url: string; caPem: string; token: string },
  path: string,
  headers: Record<string, string>,
): Promise<{ headers: TestAnswer['headers']; body: Buffer }> {
  const agent = new Agent({ connect: { ca: target.caPem } });
  try {
    const response = await request(`${target.url}${path}`, {
      dispatcher: agent,
      headers: { authorization: `Bearer ${target.token}`, ...headers },
    });
    return {
      headers: response.headers,
      body: Buffer.from(await response.body.arrayBuffer()),
    };
  } finally {
    await agent.close();
  }
}
