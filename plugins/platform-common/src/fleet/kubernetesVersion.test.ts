import fc from 'fast-check';
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

  it('orders any minors by their numbers, whichever way it is asked', () => {
    const part = fc.nat({ max: 200 });
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const order = compareMinors(`${a}.${b}`, `${c}.${d}`);
        expect(Math.sign(order)).toBe(Math.sign(a - c || b - d));
        // Without the sign of zero.
        expect(compareMinors(`${c}.${d}`, `${a}.${b}`) + order).toBe(0);
      }),
    );
  });
});
