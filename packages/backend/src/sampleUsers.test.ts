import { ConfigReader } from '@backstage/config';
import { sampleUserAuthenticator } from './sampleUsers';

const authenticate = (name: string | undefined) => {
  const context = sampleUserAuthenticator.initialize({
    config: new ConfigReader({ users: ['ida.svensson', 'fay.moreau'] }),
  });
  const req = { get: () => name } as never;
  return sampleUserAuthenticator.authenticate({ req }, context);
};

describe('sampleUserAuthenticator', () => {
  it('takes a sample user at their word', async () => {
    await expect(authenticate('fay.moreau')).resolves.toEqual({
      result: { name: 'fay.moreau' },
    });
  });

  it.each([undefined, '', 'guest', 'bea.nilsen', 'Fay.Moreau'])(
    'refuses %p by the name of the header and the names there are',
    async name => {
      await expect(authenticate(name)).rejects.toThrow(
        /x-sample-user names no sample user.*ida\.svensson, fay\.moreau/,
      );
    },
  );
});
