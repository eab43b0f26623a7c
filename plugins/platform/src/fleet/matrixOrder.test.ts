import { environmentOrder, newestMinorFirst } from './matrixOrder';

describe('newestMinorFirst', () => {
  it('compares parts as numbers and puts the unknown last', () => {
    expect(['1.9', null, '1.34', '1.10', '2.0'].sort(newestMinorFirst)).toEqual(
      ['2.0', '1.34', '1.10', '1.9', null],
    );
  });
});

describe('environmentOrder', () => {
  it('follows the way of a change, then the alphabet, then the unknown', () => {
    expect(
      ['prod', null, 'sandbox', 'Stage', 'dev', 'edge'].sort(environmentOrder),
    ).toEqual(['dev', 'Stage', 'prod', 'edge', 'sandbox', null]);
  });
});
