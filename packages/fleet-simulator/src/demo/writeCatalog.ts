import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { catalogYaml } from './catalogYaml';

const folder = resolve(__dirname, '../../catalog');

mkdirSync(folder, { recursive: true });
for (const [file, text] of Object.entries(catalogYaml())) {
  writeFileSync(resolve(folder, file), text);
}
