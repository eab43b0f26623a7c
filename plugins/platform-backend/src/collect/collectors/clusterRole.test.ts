import { findPaths } from '@backstage/cli-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { builtInCollectors, clusterRoleRules } from '.';

describe('the ClusterRole of the README', () => {
  it('allows what the collectors declare, and no more', () => {
    // eslint-disable-next-line no-restricted-syntax
    const root = findPaths(__dirname).targetRoot;
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, block] =
      readme.match(
        /<!-- cluster-role:begin -->\s*```yaml\n([\s\S]*?)```\s*<!-- cluster-role:end -->/,
      ) ?? [];
    expect(parse(block)).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'roadbed' },
      rules: clusterRoleRules(builtInCollectors),
    });
  });
});
