import {
  platformPermissions,
  platformRoutes,
} from '@roadbed/backstage-plugin-platform-common';
import { platformClusterRules } from '@roadbed/backstage-plugin-platform-node';
import {
  AuthorizeResult,
  isResourcePermission,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DemoPolicy } from './DemoPolicy';

// eslint-disable-next-line no-restricted-syntax
const root = resolve(__dirname, '..', '..', '..');
const document = readFileSync(join(root, 'docs', 'security.md'), 'utf8');

const OWN = ['group:default/own'];

/** The rows of a table between two marks, cell by cell. */
function tableOf(name: string): string[][] {
  const [, block] =
    document.match(
      new RegExp(`<!-- ${name}:begin -->([\\s\\S]*?)<!-- ${name}:end -->`),
    ) ?? [];
  const [, , ...rows] = (block ?? '').trim().split('\n');
  return rows.map(row =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );
}

const code = (text: string) => `\`${text}\``;

/** What a decision on clusters comes to, in words. */
function inWords(criteria: PermissionCriteria<PermissionCondition>): string {
  if ('anyOf' in criteria) return criteria.anyOf.map(inWords).join(' or ');
  if ('allOf' in criteria) return criteria.allOf.map(inWords).join(' and ');
  if ('not' in criteria) return `not ${inWords(criteria.not)}`;
  const values = Object.values(criteria.params ?? {}).flat();
  return values.join() === OWN.join()
    ? `${code(criteria.rule)} the own team`
    : `${code(criteria.rule)} ${values.join(', ')}`;
}

async function sampleDecision(
  permission: (typeof platformPermissions)[number],
  teams?: string[],
): Promise<string> {
  const decision = await new DemoPolicy().handle(
    { permission },
    teams && ({ info: { ownershipEntityRefs: teams } } as never),
  );
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return 'yes';
    case AuthorizeResult.DENY:
      return 'no';
    default:
      return inWords(decision.conditions);
  }
}

describe('docs/security.md', () => {
  it('has every permission, with its rules and what the sample policy says', async () => {
    const rules = Object.values(platformClusterRules)
      .map(({ name }) => code(name))
      .join(', ');
    const expected: string[][] = [];
    for (const permission of platformPermissions) {
      const isOnClusters = isResourcePermission(permission);
      expected.push([
        code(permission.name),
        isOnClusters ? 'clusters' : 'basic',
        permission.attributes.action!,
        isOnClusters ? rules : '–',
        await sampleDecision(permission, ['group:default/team-core']),
        await sampleDecision(permission, OWN),
        await sampleDecision(permission),
      ]);
    }
    expect(tableOf('permissions')).toEqual(expected);
  });

  it('has every route, with who may call it', () => {
    expect(tableOf('routes')).toEqual(
      platformRoutes.map(({ method, path, access, permissions }) => [
        code(`${method.toUpperCase()} ${path}`),
        access,
        permissions.map(code).join(', ') || '–',
      ]),
    );
  });

  it('has every table of the database', () => {
    const migrations = join(root, 'plugins', 'platform-backend', 'migrations');
    const created = readdirSync(migrations).flatMap(file =>
      [
        ...readFileSync(join(migrations, file), 'utf8').matchAll(
          /createTable\(\s*'(\w+)'/g,
        ),
      ].map(([, name]) => name),
    );
    const listed = tableOf('tables').flatMap(([names]) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(listed.sort()).toEqual(created.sort());
  });

  it('names tests that there are', () => {
    const claims = [
      ...document.matchAll(
        /\]\((\.\.\/[^)]+\.test\.tsx?)\):((?:\s*"[^"]+",?)+)/g,
      ),
    ].flatMap(([, file, names]) =>
      [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => ({
        file,
        name: name.replace(/\s+/g, ' '),
      })),
    );
    expect(claims.length).toBeGreaterThan(30);
    const missing = claims.filter(
      ({ file, name }) =>
        !readFileSync(join(root, 'docs', file), 'utf8').includes(name),
    );
    expect(missing).toEqual([]);
  });

  it('leaves no claim about what can not be done without its tests', () => {
    const [, ...sections] = document.split(/\n\*\*It can not\*\*\n/);
    expect(sections).toHaveLength(4);
    for (const section of sections) {
      const [list] = section.split(/\n(?=\*\*|##+ )/);
      for (const claim of list.trim().split(/\n(?=- )/)) {
        expect(claim).toMatch(/\.test\.tsx?\):\s+"/);
      }
    }
  });
});
