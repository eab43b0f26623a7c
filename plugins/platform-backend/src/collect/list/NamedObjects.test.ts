import { NamedObjects } from './NamedObjects';

const named = () =>
  new NamedObjects({ clusterName: 'shop-dev', path: '/api/v1/pods' });
const object = (metadata: unknown) => ({ metadata } as never);

describe('NamedObjects', () => {
  it('knows an object that is named again', () => {
    const objects = named();
    expect(objects.add(object({ name: 'a', uid: '1' }))).toBe(false);
    expect(objects.add(object({ name: 'a', uid: '2' }))).toBe(false);
    expect(objects.add(object({ name: 'a', uid: '1' }))).toBe(true);
    expect(objects.add(object({ name: 'b' }))).toBe(false);
    expect(objects.add(object({ name: 'b' }))).toBe(true);
  });

  it('refuses one UID for two objects, and says which', () => {
    const objects = named();
    objects.add(object({ name: 'a', namespace: 'shop', uid: '1' }));
    expect(() =>
      objects.add(object({ name: 'a', namespace: 'other', uid: '1' })),
    ).toThrow('"other/a" has the UID of another object');
  });

  it.each([
    ['no metadata', undefined],
    ['no name', {}],
    ['a number', { name: 7 }],
    ['a long name', { name: 'n'.repeat(254) }],
    ['a line break', { name: 'a\nb' }],
    ['U+0000', { name: 'a', namespace: '\u0000' }],
    ['half a surrogate pair', { name: '\ud83d' }],
    ['a long UID', { name: 'a', uid: 'u'.repeat(129) }],
    ['an object for a UID', { name: 'a', uid: {} }],
  ])('refuses %s', (_, metadata) => {
    expect(() => named().add(object(metadata))).toThrow(
      /^Cluster shop-dev answers \/api\/v1\/pods with a list/,
    );
  });

  it('takes names that only look dangerous', () => {
    const objects = named();
    for (const name of ['<script>', 'süß', '\u{1f600}', '__proto__']) {
      expect(objects.add(object({ name, uid: name }))).toBe(false);
    }
  });
});
