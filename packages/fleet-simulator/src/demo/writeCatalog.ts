import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { catalogYaml } from './catalogYaml';

// The script of package.json runs it in the folder of the package.
const folder = resolve('catalog');

mkdirSync(folder, { recursive: true });
for (const [file, text] of Object.entries(catalogYaml())) {
  writeFileSync(resolve(folder, file), text);
}
