import { shortImage } from './workloadColumns';

describe('shortImage', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

  it.each([
    ['nginx', 'nginx'],
    ['registry.example:5000/shop/cart:4.18.2', 'cart:4.18.2'],
    [`registry.example/shop/cart:4.18.2@${digest}`, 'cart:4.18.2'],
    [`registry.example/shop/cart@${digest}`, 'cart@sha256:0123456789ab'],
  ])('shortens %s', (image, short) => {
    expect(shortImage(image)).toBe(short);
  });
});
