import { gzipSync } from 'node:zlib';
import {
  DEPLOYMENTS,
  listText,
  MEGABYTE,
  objects,
  onList,
  type KnownAttack,
} from './attacks';
import { deploymentOf, listOf, type Attack } from './HostileCluster';

/** A body that is small on the wire. */
function compressed(body: () => Buffer): Attack {
  let zipped: Buffer | undefined;
  return onList(({ response }) => {
    zipped ??= gzipSync(body(), { level: 1 });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    });
    response.end(zipped);
  });
}

/** Attacks that are large, most of them only once they are unpacked. */
export const FLOODS: Record<string, KnownAttack> = {
  'huge-object': {
    attack: objects(
      deploymentOf('kept-0', { spec: { padding: 'x'.repeat(40_000_000) } }),
      deploymentOf('kept-1'),
      deploymentOf('kept-2'),
    ),
  },
  'gzip-bomb': {
    attack: compressed(() => Buffer.alloc(200_000_000, ' ')),
    code: 'too_large',
    says: /larger than 128 MiB/,
  },
  'million-items': {
    attack: compressed(() =>
      Buffer.from(listText(`${'{},'.repeat(10_000_000)}{}`)),
    ),
    code: 'malformed',
    says: /more than 500000 objects/,
  },
  'million-fields': {
    attack: compressed(() =>
      Buffer.from(
        listText(
          `{"metadata":{"name":"a"},"x":[${'{},'.repeat(5_000_000)}{}]}`,
        ),
      ),
    ),
    code: 'malformed',
    says: /an object of more than 1000000 fields/,
  },
  'body-without-end': {
    attack: onList(({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const piece = Buffer.alloc(256 * 1024, ' ');
      const more = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', more);
      more();
    }),
    code: 'too_large',
    says: /larger than/,
  },
};
