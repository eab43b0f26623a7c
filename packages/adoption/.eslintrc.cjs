const config = require('../../packages/repo-scripts/eslint/roadbed.cjs')(
  __dirname,
);

module.exports = {
  ...config,
  // Another project's packages, with roles of their own; the tests compile them.
  ignorePatterns: [...(config.ignorePatterns ?? []), 'portal/**'],
};
