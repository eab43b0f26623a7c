import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of a `package.json` that is looked at. */
export type Manifest = {
  name: string;
  version: string;
  main?: string;
  module?: string;
  types?: string;
  configSchema?: string | object;
  exports?: Record<string, string | Record<string, string>>;
  typesVersions?: Record<string, Record<string, string[]>>;
  backstage?: {
    role?: string;
    pluginId?: string;
    /** Of a module: the package of the plugin that it extends. */
    pluginPackage?: string;
    features?: Record<string, string>;
  };
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

/** Reads the manifest of a package's folder. */
export function readManifest(dir: string): Manifest {
  return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
}
