const { basename } = require('node:path');
const createBackstageConfig = require('@backstage/cli/config/eslint-factory');
const { layersByFolder } = require('./layers.cjs');

/**
 * The lint configuration of every package: Backstage's, with the layering of
 * the house and the rules that Backstage ships as warnings.
 *
 * @param {string} dir folder of the package
 */
module.exports = dir =>
  createBackstageConfig(dir, {
    rules: {
      '@backstage/no-mixed-plugin-imports': 'error',
      '@backstage/no-top-level-material-ui-4-imports': 'error',
    },
    overrides: layersByFolder[basename(dir)] ?? [],
  });
