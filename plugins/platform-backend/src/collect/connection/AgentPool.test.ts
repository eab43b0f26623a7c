import { AgentPool } from './AgentPool';
import { DEFAULT_BOUNDS } from '../bounds';

const request = (path: string, ca?: string) => ({
  endpoint: {
    url: new URL(`https://127.0.0.1:1/${path}`),
    ca,
    skipTLSVerify: false,
  },
});

describe('AgentPool', () => {
  it('shares an agent between requests of one address, authority and certificate', async () => {
    const pool = new AgentPool({ bounds: DEFAULT_BOUNDS });
    const agent = pool.get(request('a', 'ca-1'));
    expect(pool.get(request('a', 'ca-1'))).toBe(agent);
    expect(pool.get(request('a', 'ca-2'))).not.toBe(agent);
    expect(
      pool.get({ ...request('a', 'ca-1'), client: { cert: 'c', key: 'k' } }),
    ).not.toBe(agent);
    expect(
      pool.get({
        endpoint: { ...request('a', 'ca-1').endpoint, skipTLSVerify: true },
      }),
    ).not.toBe(agent);
    await pool.destroy();
  });

  it('closes the agent that was not used for longest', async () => {
    const pool = new AgentPool({ bounds: DEFAULT_BOUNDS, maxAgents: 2 });
    const a = pool.get(request('a'));
    const b = pool.get(request('b'));
    pool.get(request('a'));
    pool.get(request('c'));
    expect(pool.size).toBe(2);
    expect(b.closed).toBe(true);
    expect(a.closed).toBe(false);
    await pool.destroy();
  });
});
