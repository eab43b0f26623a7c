import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

function addToHash(hash, path) {
  let stats;
  try {
    stats = statSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (stats.isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      if (!skipped.has(name)) addToHash(hash, join(path, name));
    }
    return;
  }
  hash.update(path).update('\0').update(readFileSync(path));
}

/**
 * Remembers what a piece of work was done for, by the content of its inputs
 * rather than by times, which a clone does not keep.
 *
 * @param {string} file where the stamp is kept
 * @param {string[]} inputs files and folders
 */
export function contentStamp(file, inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs) addToHash(hash, input);
  const value = hash.digest('hex');
  return {
    isCurrent() {
      try {
        return readFileSync(file, 'utf8') === value;
      } catch (error) {
        if (error.code === 'ENOENT') return false;
        throw error;
      }
    },
    save() {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, value);
    },
  };
}
