/**
 * The measurements that tests have noted, for the summary.
 *
 * @param {object} report of Playwright's JSON reporter
 * @returns {string[]} the descriptions of all annotations of type `figure`
 */
export function figuresOf({ suites = [], specs = [] }) {
  return [
    ...specs.flatMap(({ tests }) =>
      tests.flatMap(({ annotations }) =>
        annotations
          .filter(({ type }) => type === 'figure')
          .map(({ description }) => description),
      ),
    ),
    ...suites.flatMap(figuresOf),
  ];
}
