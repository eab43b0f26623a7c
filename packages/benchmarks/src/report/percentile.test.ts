import { percentile } from './percentile';

describe('percentile', () => {
  const samples = Array.from({ length: 200 }, (_, index) => 200 - index);

  it('is a sample that the fraction does not exceed', () => {
    expect(percentile(samples, 0.99)).toBe(198);
    expect(percentile(samples, 0.5)).toBe(100);
    expect(percentile(samples, 1)).toBe(200);
    expect(percentile([7], 0.01)).toBe(7);
  });

  it('is not made up where there is nothing', () => {
    expect(() => percentile([], 0.99)).toThrow('no samples');
  });
});
