import { stringify } from 'yaml';
import { catalogFiles } from './catalogEntities';

const HEADER = `# Written by "yarn write-catalog" from src/demo; change it there.\n`;

/** The text of each file in the folder `catalog`. */
export function catalogYaml(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(catalogFiles()).map(([file, entities]) => [
      file,
      HEADER +
        entities
          .map(one => `---\n${stringify(one, { lineWidth: 0 })}`)
          .join(''),
    ]),
  );
}
