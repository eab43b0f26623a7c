import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { install } from './install.mjs';
import { inRoot, root } from './paths.mjs';

/**
 * Installs what is missing and runs a TypeScript program of this repository
 * with the arguments of this one; its exit code becomes this one's.
 *
 * @param {string} file path from the root
 */
export async function runSource(file) {
  await install({
    log: inRoot('node_modules', '.cache', 'roadbed-install.log'),
  });
  const child = spawn(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      inRoot(file),
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}
