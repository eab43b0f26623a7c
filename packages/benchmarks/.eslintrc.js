module.exports = require('../../packages/repo-scripts/eslint/roadbed.cjs')(
  __dirname,
);
