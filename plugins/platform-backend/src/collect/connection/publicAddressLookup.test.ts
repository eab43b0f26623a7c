import { isPublicAddress, publicAddressLookup } from './publicAddressLookup';

describe('isPublicAddress', () => {
  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:10.1.2.3',
    '::ffff:169.254.169.254',
    '64:ff9b::a01:203',
  ])('refuses %s', address => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2600::1',
    '::ffff:8.8.8.8',
  ])('allows %s', address => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('publicAddressLookup', () => {
  const resolving = (...addresses: string[]) =>
    publicAddressLookup(((_: string, __: object, callback: Function) =>
      callback(
        null,
        addresses.map(address => ({ address, family: 4 })),
      )) as never);

  const lookUp = (
    lookup: ReturnType<typeof publicAddressLookup>,
    all: boolean,
  ) =>
    new Promise((resolve, reject) =>
      lookup('api.example.com', { all }, (error, address) =>
        error ? reject(error) : resolve(address),
      ),
    );

  it('gives the addresses it has checked, in the form that was asked for', async () => {
    await expect(lookUp(resolving('8.8.8.8'), false)).resolves.toBe('8.8.8.8');
    await expect(lookUp(resolving('8.8.8.8'), true)).resolves.toEqual([
      { address: '8.8.8.8', family: 4 },
    ]);
  });

  it('refuses a host of which any address is not public', async () => {
    await expect(
      lookUp(resolving('8.8.8.8', '10.0.0.1'), true),
    ).rejects.toThrow('api.example.com');
  });
});
