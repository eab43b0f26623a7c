import { gzipSync } from 'node:zlib';
import {
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

/**
 * Pages of eight pods, each with a label of a megabyte: what is kept of it is
 * short, and must not hold the rest.
 */
function longLabels(pages: number): Attack {
  return ({ path, query, response }) => {
    if (path !== '/api/v1/pods') return false;
    const page = Number(query.get('continue') ?? 0);
    const pods = Array.from({ length: 8 }, (_, index) => {
      const name = `pod-${page}-${index}`;
      const label = `${name}-${'v'.repeat(MEGABYTE)}`;
      return {
        metadata: { name, namespace: 'shop', uid: name, labels: { label } },
      };
    });
    const more = page + 1 < pages ? { continue: String(page + 1) } : {};
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    });
    response.end(
      gzipSync(JSON.stringify(listOf('Pod', pods, more)), { level: 1 }),
    );
    return true;
  };
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
      Buffer.from(listText(`${'{},'.repeat(40_000_000)}{}`)),
    ),
    code: 'malformed',
    says: /more than 500000 objects/,
  },
  'million-fields': {
    attack: compressed(() =>
      Buffer.from(
        listText(
          `{"metadata":{"name":"a"},"x":[${'{},'.repeat(20_000_000)}{}]}`,
        ),
      ),
    ),
    code: 'malformed',
    says: /an object of more than 1000000 fields/,
  },
  'long-labels': { attack: longLabels(60), collector: 'pods' },
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
