import type { KubernetesObject } from '@roadbed/backstage-plugin-platform-node';
import type { ClusterError } from '../ClusterError';
import { readListBody } from './listBody';

const asked = {
  clusterName: 'shop-dev',
  path: '/api/v1/pods',
  verb: 'list' as const,
};

function read(text: string, splitAbove?: number) {
  return readListBody(
    asked,
    {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(text),
      wireBytes: 0,
    },
    splitAbove,
  );
}

function codeOf(text: string, splitAbove?: number): string {
  try {
    read(text, splitAbove);
  } catch (error) {
    return (error as ClusterError).code;
  }
  return 'no failure';
}

async function objectsOf(text: string, splitAbove?: number) {
  const objects: KubernetesObject[] = [];
  for await (const batch of read(text, splitAbove).batches()) {
    objects.push(...batch);
  }
  return objects;
}

const list = (items: unknown, metadata: object = {}) =>
  JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items });

describe('readListBody', () => {
  it.each([undefined, 0])(
    'reads version, token and estimate (split above %s)',
    async split => {
      const text = list([{ metadata: { name: 'a' } }], {
        resourceVersion: '7',
        continue: 'next',
        remainingItemCount: 3,
      });
      expect(read(text, split)).toMatchObject({
        resourceVersion: '7',
        continueToken: 'next',
        remaining: 3,
      });
      await expect(objectsOf(text, split)).resolves.toEqual([
        { metadata: { name: 'a' } },
      ]);
    },
  );

  it('takes an empty version and an empty token for none', () => {
    expect(read(list([], { resourceVersion: '', continue: '' }))).toMatchObject(
      {
        resourceVersion: null,
        continueToken: undefined,
      },
    );
  });

  it('takes `items: null` for an empty list', async () => {
    await expect(objectsOf(list(null))).resolves.toEqual([]);
  });

  it.each([undefined, 0])(
    'says that a body breaks off, wherever it does (split above %s)',
    split => {
      const text = list([{ metadata: { name: 'a}' } }, { metadata: {} }]);
      for (let length = 0; length < text.length; length++) {
        expect([length, codeOf(text.slice(0, length), split)]).toEqual([
          length,
          'truncated',
        ]);
      }
    },
  );

  it.each([
    ['null', 'not_kubernetes'],
    ['[]', 'not_kubernetes'],
    ['{}', 'not_kubernetes'],
    ['{"kind":"Dashboard"}', 'not_kubernetes'],
    ['{"kind":"PodList","items":{}}', 'malformed'],
    ['{"kind":"PodList",,}', 'malformed'],
    ['<html></html>', 'malformed'],
  ])('refuses %s as %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('survives nesting that would overflow a recursive reader', async () => {
    const depth = 100_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const text = `{"kind":"PodList","metadata":{},"items":[{"metadata":{"name":"a"},"spec":{"x":${deep}}}]}`;
    await expect(objectsOf(text)).resolves.toHaveLength(1);
    await expect(objectsOf(text, 0)).resolves.toHaveLength(1);
  });
});
