import { isFromOneOf } from './catalogLocation';

const OURS = 'url:https://github.com/acme/platform';

describe('isFromOneOf', () => {
  it.each([
    'url:https://github.com/acme/platform/blob/main/clusters.yaml',
    'url:https://GitHub.com/acme/platform/tree/../blob/main/clusters.yaml',
    'url:https://github.com/acme/platform',
  ])('takes %s', location => {
    expect(isFromOneOf(location, [OURS])).toBe(true);
    expect(isFromOneOf(location, [`${OURS}/`, 'url:https://other'])).toBe(
      location !== OURS,
    );
  });

  it.each([
    'url:https://github.com/acme/platform-of-mine/clusters.yaml',
    'url:https://github.com/acme/platform/../mine/clusters.yaml',
    'url:https://github.com/acme/platform/%2e%2e/mine/clusters.yaml',
    'url:https://github.com/acme/platform\\..\\..\\mine/clusters.yaml',
    'url:https://github.com@mine.example/acme/platform/clusters.yaml',
    'url:https://mine.example/?https://github.com/acme/platform/',
    'file:https://github.com/acme/platform/clusters.yaml',
    '',
    undefined,
  ])('does not take %s', location => {
    expect(isFromOneOf(location, [OURS])).toBe(false);
  });

  it('takes everything where no place is named, and nothing where none is left', () => {
    expect(isFromOneOf(undefined, undefined)).toBe(true);
    expect(isFromOneOf(OURS, [])).toBe(false);
  });

  it('compares what is no URL as text', () => {
    expect(isFromOneOf('file:/srv/catalog/a.yaml', ['file:/srv/catalog'])).toBe(
      true,
    );
  });
});
