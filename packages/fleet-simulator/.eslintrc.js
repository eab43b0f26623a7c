const config = require('../../packages/repo-scripts/eslint/roadbed.cjs')(
  __dirname,
);

config.overrides.push({
  // One suite for several servers: its parts are exported, its titles are given.
  files: ['src/contract/*.ts'],
  rules: {
    'jest/no-export': 'off',
    'jest/valid-describe-callback': 'off',
    'jest/valid-title': 'off',
  },
});

module.exports = config;
