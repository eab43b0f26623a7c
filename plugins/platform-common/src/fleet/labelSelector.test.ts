import fc from 'fast-check';
import {
  MAX_SELECTOR_LENGTH,
  isLabelValue,
  matchesLabels,
  parseLabelSelector,
  type LabelRequirement,
} from './labelSelector';

const matches = (selector: string, labels: Record<string, string>) =>
  matchesLabels(parseLabelSelector(selector), labels);

describe('label selectors', () => {
  it.each([
    ['app=cart', { app: 'cart' }, true],
    ['app==cart', { app: 'cart' }, true],
    ['app = cart', { app: 'cart' }, true],
    ['app=cart', { app: 'Cart' }, false],
    ['app=cart', {}, false],
    ['app=', { app: '' }, true],
    ['app=,tier=web', { app: '', tier: 'web' }, true],
    ['app!=cart', { app: 'web' }, true],
    ['app!=cart', {}, true],
    ['app!=cart', { app: 'cart' }, false],
    ['tier in (web, api)', { tier: 'api' }, true],
    ['tier in (web, api)', { tier: 'db' }, false],
    ['tier in (web, api)', {}, false],
    ['tier in (,web)', { tier: '' }, true],
    ['tier in ()', { tier: '' }, true],
    ['tier notin (web)', {}, true],
    ['tier notin (web)', { tier: 'web' }, false],
    ['in in (in)', { in: 'in' }, true],
    ['notin', { notin: 'x' }, true],
    ['example.com/app', { 'example.com/app': '' }, true],
    ['!canary', {}, true],
    ['! canary', { canary: 'no' }, false],
    ['app=cart,!canary,tier in (web)', { app: 'cart', tier: 'web' }, true],
    ['app=cart,!canary', { app: 'cart', canary: 'yes' }, false],
    ['cores>3', { cores: '4' }, true],
    ['cores>3', { cores: 'many' }, false],
    ['cores<3', { cores: '3' }, false],
    ['toString', {}, false],
    ['!constructor', {}, true],
  ])('%s on %j: %s', (selector, labels, expected) => {
    expect(matches(selector, labels)).toBe(expected);
  });

  it.each([
    ['', /key of a label.*at its end/],
    ['   ', /key of a label.*at its end/],
    ['app=cart,', /key of a label.*at its end/],
    ['app=cart tier=web', /a comma before the next term at character 10/],
    ['app=>cart', /a value of at most 63.*character 5/],
    [
      'tier in web',
      /list of values in round brackets at character 9 \("web"\)/,
    ],
    ['tier in (web', /a comma or the closing bracket at its end/],
    ['app~cart', /key of a label.*character 1/],
    ['app=ca;rt', /a value of at most 63/],
    ['app=-cart', /a value of at most 63/],
    [`app=${'x'.repeat(64)}`, /a value of at most 63/],
    [`${'x'.repeat(64)}=1`, /key of a label/],
    ['a/b/c=1', /key of a label/],
    ['UPPER.example/app=1', /key of a label/],
    ['cores>many', /a whole number/],
    ["app='cart'", /a value of at most 63/],
    ['app=käse', /a value of at most 63/],
    ['app like cart', /=, ==, !=, in, notin/],
    [')', /key of a label/],
    [`app=${'"'.repeat(300)}`, /…/],
  ])('refuses %j and says where and what to do', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(message);
    expect(() => parseLabelSelector(selector)).toThrow(/kubectl get -l/);
  });

  const word = fc
    .stringMatching(/^[A-Za-z0-9][-A-Za-z0-9_.]{0,20}$/)
    .filter(isLabelValue);
  const requirement: fc.Arbitrary<LabelRequirement> = fc.oneof(
    fc.record({
      key: word,
      operator: fc.constantFrom('in' as const, 'notin' as const),
      values: fc.array(word, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      key: word,
      operator: fc.constantFrom('exists' as const, 'absent' as const),
      values: fc.constant([]),
    }),
  );
  const write = ({ key, operator, values }: LabelRequirement) => {
    if (operator === 'exists') return key;
    if (operator === 'absent') return `!${key}`;
    return `${key} ${operator} (${values.join(',')})`;
  };

  it('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(requirement, { minLength: 1 }), requirements => {
        expect(parseLabelSelector(requirements.map(write).join(' , '))).toEqual(
          requirements,
        );
      }),
    );
  });

  it('reads any text or refuses it with what to do, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc
            .array(
              fc.constantFrom(
                'app',
                '=',
                '!',
                'in',
                '(',
                ')',
                ',',
                ' ',
                '"',
                'ü',
              ),
            )
            .map(parts => parts.join('')),
        ),
        text => {
          let outcome: string;
          try {
            outcome = parseLabelSelector(text).length > 0 ? 'terms' : 'none';
          } catch (error) {
            outcome = (error as Error).name;
          }
          expect(['terms', 'InputError']).toContain(outcome);
        },
      ),
    );
  });

  it('reads no selector that is longer than the longest', () => {
    const selector = `a in (${'b,'.repeat(MAX_SELECTOR_LENGTH)}b)`;
    expect(() => parseLabelSelector(selector)).toThrow(
      'expected at most 4096 characters',
    );
    expect(
      parseLabelSelector(
        selector.slice(0, MAX_SELECTOR_LENGTH - 2).concat(')'),
      ),
    ).toHaveLength(1);
  });
});
