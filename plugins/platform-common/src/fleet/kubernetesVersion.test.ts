import { compareMinors, effectiveVersion } from './kubernetesVersion';

describe('effectiveVersion', () => {
  it('is the binary version where nothing is emulated', () => {
    expect(
      effectiveVersion({
        gitVersion: 'v1.34.4-eks-abc123',
        major: '1',
        minor: '34+',
      }),
    ).toEqual({
      gitVersion: 'v1.34.4-eks-abc123',
      minor: '1.34',
      emulated: false,
    });
  });

  it('is the emulated version where the server names another one', () => {
    expect(
      effectiveVersion({
        gitVersion: 'v1.36.3',
        major: '1',
        minor: '36',
        emulationMajor: '1',
        emulationMinor: '34',
      }),
    ).toEqual({ gitVersion: 'v1.36.3', minor: '1.34', emulated: true });
  });

  it('does not call the own version emulated', () => {
    expect(
      effectiveVersion({
        gitVersion: 'v1.36.3',
        major: '1',
        minor: '36',
        emulationMajor: '1',
        emulationMinor: '36',
      }).emulated,
    ).toBe(false);
  });
});

describe('compareMinors', () => {
  it('compares numbers, not text', () => {
    expect(['1.9', '1.31', '1.10', '1.4'].sort(compareMinors)).toEqual([
      '1.4',
      '1.9',
      '1.10',
      '1.31',
    ]);
  });

  it('puts what is not a version first', () => {
    expect(['1.9', 'unknown'].sort(compareMinors)).toEqual(['unknown', '1.9']);
  });
});
