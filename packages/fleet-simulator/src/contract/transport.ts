import { gunzipSync } from 'node:zlib';
import { rawGet } from '../testing/testClient';
import { CONFIG_MAPS, type ContractSession } from './ContractTarget';

/** Compression, time-outs and headers. */
export function transportContract(session: () => ContractSession): void {
  const raw = (path: string, headers: Record<string, string>) => {
    const { target } = session();
    return rawGet({ ...target, token: target.adminToken }, path, headers);
  };

  beforeAll(async () => {
    const answer = await session().admin.send({
      method: 'POST',
      path: CONFIG_MAPS,
      body: {
        metadata: { name: 'big', labels: { test: 'big' } },
        data: { text: 'roadbed '.repeat(25_000) },
      },
    });
    expect(answer.status).toBe(201);
  });

  it('bodies above 128 KiB are compressed for clients that ask', async () => {
    const { headers, body } = await raw(`${CONFIG_MAPS}/big`, {
      'accept-encoding': 'gzip',
    });
    expect(headers['content-encoding']).toBe('gzip');
    expect(body.length).toBeLessThan(20_000);
    const object = JSON.parse(gunzipSync(body).toString());
    expect(object.metadata.name).toBe('big');
  });

  it('they are not for clients that do not ask', async () => {
    const { headers, body } = await raw(`${CONFIG_MAPS}/big`, {});
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.length).toBeGreaterThan(200_000);
  });

  it('small bodies are never compressed', async () => {
    const { headers } = await raw('/version', { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('answers carry an audit id and must not be cached', async () => {
    const { headers } = await raw('/version', {});
    expect(headers['audit-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['cache-control']).toBe('no-cache, private');
  });

  it('people get indented JSON, programs do not', async () => {
    const person = await raw('/version', { 'user-agent': 'curl/8.0' });
    const program = await raw('/apis/apps', { 'user-agent': 'roadbed/1' });
    expect(person.body.toString()).toMatch(/^\{\n {2}"/);
    expect(program.body.toString()).toMatch(/^\{"/);
  });

  it('a timeout that is no duration is a bad request', async () => {
    const { status, body } = await session().admin.get(
      `${CONFIG_MAPS}?timeout=abc`,
    );
    expect(status).toBe(400);
    expect(body.message).toBe(
      'invalid timeout specified in the request URL - time: invalid duration "abc"',
    );
  });
}
