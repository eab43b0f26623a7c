import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The configuration schema that a portal's backend has, merged from all its packages. */
export async function portalSchema(
  portal: string,
): Promise<{ properties: Record<string, object> }> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(portal, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'config:schema',
      '--package',
      'backend',
      '--merge',
      '--format',
      'json',
    ],
    { cwd: portal, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout);
}
