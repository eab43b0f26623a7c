import {
  CertificateAuthority,
  startSimulatedCluster,
  type SimulatedCluster,
} from '@roadbed/fleet-simulator';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import {
  clusterDetails,
  directConnection,
  strategyOf,
  tokens,
} from '../__testUtils__/clusters';
import type { ClusterError } from '../ClusterError';

const never = new AbortController().signal;
const closers: Array<() => Promise<void> | void> = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) {
    await close();
  }
});

async function simulated(): Promise<SimulatedCluster> {
  const cluster = await startSimulatedCluster({ name: 'shop-dev' });
  closers.push(() => cluster.stop());
  return cluster;
}

function connect(
  options: Parameters<typeof directConnection>[0],
): ReturnType<typeof directConnection> {
  const connection = directConnection(options);
  closers.push(() => connection.agents.destroy());
  return connection;
}

/** The connection an admin would configure for a simulated cluster. */
function connectTo(
  cluster: SimulatedCluster,
  bounds?: Parameters<typeof directConnection>[0]['bounds'],
) {
  return connect({
    cluster: clusterDetails({ url: cluster.url, caData: cluster.caData }),
    strategy: tokens(cluster.token),
    bounds,
  });
}

/** A plain HTTP server, for answers no Kubernetes gives. */
async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function connectToUrl(
  url: string,
  bounds?: Parameters<typeof directConnection>[0]['bounds'],
) {
  return connect({
    cluster: clusterDetails({ url }),
    strategy: tokens('TOKEN-MARK'),
    bounds,
  });
}

async function failureOf(promise: Promise<unknown>): Promise<ClusterError> {
  try {
    await promise;
  } catch (error) {
    return error as ClusterError;
  }
  throw new Error('expected a failure');
}

describe('DirectConnection', () => {
  it('reads an answer with its status, headers and bytes, gzip undone', async () => {
    const cluster = await simulated();
    const answer = await connectTo(cluster).get({
      path: '/api/v1/namespaces/kube-system',
      signal: never,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(JSON.parse(answer.body.toString()).metadata.uid).toBe(cluster.uid);
  });

  it('asks for gzip and counts the bytes of the wire', async () => {
    const body = gzipSync(Buffer.alloc(1_000_000, 'a'));
    const url = await serve((req, res) => {
      expect(req.headers['accept-encoding']).toBe('gzip');
      res.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
    });
    const answer = await connectToUrl(url).get({ path: '/', signal: never });
    expect(answer.body).toHaveLength(1_000_000);
    expect(answer.wireBytes).toBe(body.length);
  });

  it('keeps the path of a cluster URL in front of the path of a request', async () => {
    const url = await serve((req, res) => res.end(req.url));
    const answer = await connectToUrl(`${url}/k8s/clusters/c-1/`).get({
      path: '/api/v1/pods',
      query: { limit: '5', continue: 'a/b=' },
      signal: never,
    });
    expect(answer.body.toString()).toBe(
      '/k8s/clusters/c-1/api/v1/pods?limit=5&continue=a%2Fb%3D',
    );
  });

  describe('credentials', () => {
    it('drops a token after a 401 and tries once with a new one', async () => {
      const cluster = await simulated();
      const strategy = tokens('revoked', cluster.token);
      const connection = connect({
        cluster: clusterDetails({ url: cluster.url, caData: cluster.caData }),
        strategy,
      });
      const path = '/api/v1/namespaces';
      expect((await connection.get({ path, signal: never })).status).toBe(200);
      expect((await connection.get({ path, signal: never })).status).toBe(200);
      expect(strategy.asked).toBe(2);
    });

    it('gives a second 401 as the answer', async () => {
      const cluster = await simulated();
      const strategy = tokens('revoked', 'revoked too', cluster.token);
      const connection = connect({
        cluster: clusterDetails({ url: cluster.url, caData: cluster.caData }),
        strategy,
      });
      const answer = await connection.get({
        path: '/api/v1/namespaces',
        signal: never,
      });
      expect(answer.status).toBe(401);
      expect(strategy.asked).toBe(2);
    });

    it('names the strategy that failed and repeats nothing of what it said', async () => {
      const error = await failureOf(
        connect({
          cluster: clusterDetails({ url: 'https://127.0.0.1:1' }),
          strategy: {
            ...tokens(),
            getCredential: async () => {
              throw new Error('bad token TOKEN-MARK');
            },
          },
        }).get({ path: '/', signal: never }),
      );
      expect(error.code).toBe('credentials');
      expect(error.message).toContain('"serviceAccount"');
      expect(error.message).not.toContain('TOKEN-MARK');
    });

    it.each(['serviceAccount', 'aws', 'custom'])(
      'refuses an anonymous credential of %s',
      async strategy => {
        const error = await failureOf(
          connect({
            cluster: clusterDetails({ url: 'https://127.0.0.1:1', strategy }),
            strategy: strategyOf({ type: 'anonymous' }),
          }).get({ path: '/', signal: never }),
        );
        expect(error.code).toBe('credentials');
      },
    );

    it('reads through kubectl proxy without a credential', async () => {
      const url = await serve((req, res) =>
        res.end(req.headers.authorization ?? 'no authorization'),
      );
      const answer = await connect({
        cluster: clusterDetails({ url, strategy: 'localKubectlProxy' }),
        strategy: strategyOf({ type: 'anonymous' }),
      }).get({ path: '/', signal: never });
      expect(answer.body.toString()).toBe('no authorization');
    });

    it('shows a client certificate instead of a token', async () => {
      const authority = CertificateAuthority.create('test');
      const server = createTlsServer(
        {
          ...pem(authority.issueServerCertificate('server')),
          ca: authority.certPem,
          requestCert: true,
          // The authority of the simulator signs for servers only.
          rejectUnauthorized: false,
        },
        (req, res) =>
          res.end((req.socket as TLSSocket).getPeerCertificate().subject.CN),
      );
      await new Promise<void>(resolve =>
        server.listen(0, '127.0.0.1', resolve),
      );
      closers.push(() => {
        server.closeAllConnections();
        server.close();
      });
      const client = pem(authority.issueServerCertificate('roadbed'));
      const answer = await connect({
        cluster: clusterDetails({
          url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
          caData: Buffer.from(authority.certPem).toString('base64'),
        }),
        strategy: strategyOf({ type: 'x509 client certificate', ...client }),
      }).get({ path: '/', signal: never });
      expect(answer.body.toString()).toBe('roadbed');
    });
  });

  describe('failures', () => {
    it('tls: a CA that did not sign the certificate, with where to put the right one', async () => {
      const cluster = await simulated();
      cluster.swapCertificate();
      const error = await failureOf(
        connectTo(cluster).get({ path: '/version', signal: never }),
      );
      expect(error.code).toBe('tls');
      expect(error.message).toBe(
        `Cluster shop-dev: the certificate of ${cluster.url} is not signed by the caData or caFile of cluster shop-dev in app-config \`kubernetes.clusterLocatorMethods\`; put the cluster's CA there`,
      );
    });

    it('skips the check of the certificate only where the cluster says so', async () => {
      const cluster = await simulated();
      cluster.swapCertificate();
      const answer = await connect({
        cluster: clusterDetails({ url: cluster.url, skipTLSVerify: true }),
        strategy: tokens(cluster.token),
      }).get({ path: '/version', signal: never });
      expect(answer.status).toBe(200);
    });

    it('tls: a plain HTTP port behind an https URL', async () => {
      const url = await serve((_, res) => res.end());
      const error = await failureOf(
        connectToUrl(url.replace('http:', 'https:')).get({
          path: '/',
          signal: never,
        }),
      );
      expect(error.code).toBe('tls');
    });

    it('tls: a caFile that cannot be read is named', async () => {
      const error = await failureOf(
        connect({
          cluster: clusterDetails({
            url: 'https://127.0.0.1:1',
            caFile: '/nowhere/ca.crt',
          }),
          strategy: tokens('t'),
        }).get({ path: '/', signal: never }),
      );
      expect(error.code).toBe('tls');
      expect(error.message).toContain('"/nowhere/ca.crt"');
    });

    it('dns: a host that does not resolve', async () => {
      const error = await failureOf(
        connectToUrl('https://cluster.invalid').get({
          path: '/',
          signal: never,
        }),
      );
      expect(error.code).toBe('dns');
      expect(error.message).toContain('https://cluster.invalid');
    });

    it('connect_refused: nothing listens', async () => {
      const error = await failureOf(
        connectToUrl('http://127.0.0.1:1').get({ path: '/', signal: never }),
      );
      expect(error.code).toBe('connect_refused');
    });

    it('connect_timeout: a black hole that takes connections and never greets', async () => {
      const server = createTcpServer(() => undefined);
      await new Promise<void>(resolve =>
        server.listen(0, '127.0.0.1', resolve),
      );
      closers.push(() => void server.close());
      const { port } = server.address() as AddressInfo;
      const error = await failureOf(
        connectToUrl(`https://127.0.0.1:${port}`, {
          connectTimeoutMs: 100,
        }).get({ path: '/', signal: never }),
      );
      expect(error.code).toBe('connect_timeout');
    });

    it('headers_timeout: a request that is read and never answered', async () => {
      const url = await serve(() => undefined);
      const error = await failureOf(
        connectToUrl(url, { headersTimeoutMs: 100 }).get({
          path: '/',
          signal: never,
        }),
      );
      expect(error.code).toBe('headers_timeout');
    });

    it('body_timeout: a body that drips past the deadline', async () => {
      const url = await serve((_, res) => {
        const drip = setInterval(() => res.write('.'), 20);
        res.on('close', () => clearInterval(drip));
      });
      const error = await failureOf(
        connectToUrl(url, { deadlineMs: 200 }).get({
          path: '/',
          signal: never,
        }),
      );
      expect(error.code).toBe('body_timeout');
      expect(error.message).toContain('0.2 s');
    });

    it('collection B7.6 truncated: a body shorter than its content-length', async () => {
      const url = await serve((_, res) => {
        res.writeHead(200, { 'content-length': '1000' });
        res.write('{"items":[', () => res.socket?.destroy());
      });
      const error = await failureOf(
        connectToUrl(url).get({ path: '/', signal: never }),
      );
      expect(error.code).toBe('truncated');
    });

    it('collection B7.6 truncated: a gzip body that ends in the middle', async () => {
      const whole = gzipSync(Buffer.alloc(100_000, 'abcdefgh'));
      const url = await serve((_, res) =>
        res
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(whole.subarray(0, whole.length - 20)),
      );
      const error = await failureOf(
        connectToUrl(url).get({ path: '/', signal: never }),
      );
      expect(error.code).toBe('truncated');
    });

    it('too_large: a gzip bomb is stopped at the bound of the unpacked body', async () => {
      const bomb = gzipSync(Buffer.alloc(50_000_000));
      expect(bomb.length).toBeLessThan(100_000);
      const url = await serve((_, res) =>
        res.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      );
      const error = await failureOf(
        connectToUrl(url, { maxBodyBytes: 1_000_000 }).get({
          path: '/',
          signal: never,
        }),
      );
      expect(error.code).toBe('too_large');
    });

    it('too_large: more bytes on the wire than allowed', async () => {
      const url = await serve((_, res) => res.end(Buffer.alloc(2_000_000)));
      const error = await failureOf(
        connectToUrl(url, { maxWireBytes: 1_000_000 }).get({
          path: '/',
          signal: never,
        }),
      );
      expect(error.code).toBe('too_large');
    });

    it('malformed: an encoding that was not asked for', async () => {
      const url = await serve((_, res) =>
        res.writeHead(200, { 'content-encoding': 'br' }).end('x'),
      );
      const error = await failureOf(
        connectToUrl(url).get({ path: '/', signal: never }),
      );
      expect(error.code).toBe('malformed');
    });

    it('aborted: the signal of the caller', async () => {
      const url = await serve(() => undefined);
      const controller = new AbortController();
      const pending = failureOf(
        connectToUrl(url).get({ path: '/', signal: controller.signal }),
      );
      controller.abort();
      expect((await pending).code).toBe('aborted');
    });

    it('never follows a redirect: no token reaches the other host', async () => {
      let followed = 0;
      const other = await serve((_, res) => {
        followed++;
        res.end();
      });
      const url = await serve((_, res) =>
        res.writeHead(302, { location: `${other}/steal` }).end(),
      );
      const answer = await connectToUrl(url).get({ path: '/', signal: never });
      expect(answer.status).toBe(302);
      expect(followed).toBe(0);
    });

    it('never has a token in a message', async () => {
      const errors = await Promise.all(
        ['https://cluster.invalid', 'http://127.0.0.1:1'].map(url =>
          failureOf(connectToUrl(url).get({ path: '/', signal: never })),
        ),
      );
      for (const error of errors) {
        expect(error.message).not.toContain('TOKEN-MARK');
      }
    });
  });
});

function pem(
  certificate: ReturnType<CertificateAuthority['issueServerCertificate']>,
) {
  return { cert: certificate.certPem, key: certificate.keyPem };
}
