import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';

/** The plugins of the checkout that are published: those not marked private. */
export function publicPlugins(): { name: string; folder: string }[] {
  return readdirSync(inRoot('plugins'))
    .filter(folder => existsSync(inRoot('plugins', folder, 'package.json')))
    .flatMap(folder => {
      const { name, private: isPrivate } = JSON.parse(
        readFileSync(inRoot('plugins', folder, 'package.json'), 'utf8'),
      );
      return isPrivate ? [] : [{ name, folder }];
    });
}
