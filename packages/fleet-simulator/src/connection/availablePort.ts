import { createServer } from 'node:net';

/** The port as long as it is free, else 0 for any: another program may have taken it since. */
export async function availablePort(port: number | undefined): Promise<number> {
  if (!port) return 0;
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
