import { olderImages } from './imageAge';

const older = (...images: string[]) => [...olderImages(images)];

describe('olderImages', () => {
  it('finds the one that lags behind, whatever registry it comes from', () => {
    expect(
      older(
        'eu.example/shop/cart:4.18.2',
        'us.example/shop/cart:4.18.1',
        'us.example/shop/cart-db:4.18.0',
      ),
    ).toEqual(['us.example/shop/cart:4.18.1']);
  });

  it('compares numbers as numbers, and missing parts as zero', () => {
    expect(older('cart:4.9', 'cart:4.10.0')).toEqual(['cart:4.9']);
    expect(older('cart:v4.9', 'cart:4.9.0')).toEqual([]);
  });

  it('takes no release for old because a candidate of the next one runs', () => {
    expect(older('cart:4.18.2', 'cart:4.19.0-rc1')).toEqual([]);
    expect(older('cart:4.19.0', 'cart:4.19.0-rc1')).toEqual([
      'cart:4.19.0-rc1',
    ]);
  });

  it('compares variants only with their own kind', () => {
    expect(older('nginx:1.27-alpine', 'nginx:1.28')).toEqual([]);
    expect(older('nginx:1.27-alpine', 'nginx:1.28-alpine')).toEqual([
      'nginx:1.27-alpine',
    ]);
  });

  it('says nothing of tags that name no version', () => {
    expect(
      older(
        'cart:latest',
        'cart:8f2c1d9',
        'cart:20261121',
        'cart',
        'cart@sha256:0011',
        'cart:4.18.2@sha256:0011',
        'localhost:5000/cart',
      ),
    ).toEqual([]);
  });
});
