/**
 * The layering of the house, as lint rules: who may import whom.
 *
 * `@typescript-eslint/no-restricted-imports` is used so that the rule of the
 * same name in Backstage's own configuration stays as it is.
 */

const rooms = ['fleet', 'upgrades', 'slo', 'golden-paths', 'scorecard'];

/** Which rooms a room may use. `fleet` stands alone; `scorecard` may read all. */
const mayUse = {
  fleet: [],
  upgrades: ['fleet'],
  slo: ['fleet'],
  'golden-paths': ['fleet'],
  scorecard: ['fleet', 'upgrades', 'slo', 'golden-paths'],
};

const rule = (...patterns) => ['error', { patterns }];

const imports = names => names.flatMap(name => [`**/${name}`, `**/${name}/**`]);

/** A room must not import the rooms it does not stand upon. */
function otherRooms(room) {
  const forbidden = rooms.filter(
    name => name !== room && !mayUse[room].includes(name),
  );
  if (forbidden.length === 0) return [];
  const allowed =
    mayUse[room].length > 0
      ? `only ${mayUse[room].map(name => `${name}/`).join(', ')}`
      : 'no other room';
  return [
    {
      group: imports(forbidden),
      message: `The room ${room}/ may use ${allowed} (see docs/architecture.md).`,
    },
  ];
}

/** In the backend a room is used through its Service alone. */
function onlyServices(room) {
  return mayUse[room].length === 0
    ? []
    : [
        {
          group: mayUse[room].flatMap(name => [
            `**/${name}/**`,
            `!**/${name}/*Service`,
          ]),
          message:
            'In the backend a room uses another room through its …Service file alone (see docs/architecture.md).',
        },
      ];
}

/** What is neither pure nor for both sides; a leading slash anchors a pattern. */
const pureOnly = {
  group: [
    'node:*',
    ...require('node:module').builtinModules.map(name => `/${name}`),
    '@backstage/core-*',
    '@backstage/frontend-*',
    '@backstage/backend-*',
    '@backstage/plugin-*',
    // Permissions are what both sides must call by one name.
    '!@backstage/plugin-permission-common',
    '@material-ui/*',
    '/react',
    '/react-dom',
    '/express',
    '/knex',
    '/undici',
  ],
  message:
    'platform-common holds pure rules for both sides: no UI, no node, no I/O.',
};

/** Layering overrides of one package, by the name of its folder. */
const layersByFolder = {
  'platform-common': [
    {
      files: ['src/**'],
      excludedFiles: ['**/*.test.*'],
      rules: {
        '@typescript-eslint/no-restricted-imports': rule(pureOnly),
      },
    },
    ...rooms.map(room => ({
      files: [`src/${room}/**`],
      excludedFiles: ['**/*.test.*'],
      rules: {
        '@typescript-eslint/no-restricted-imports': rule(
          pureOnly,
          ...otherRooms(room),
        ),
      },
    })),
  ],
  'platform-backend': [
    {
      files: ['src/collect/**'],
      excludedFiles: ['**/*.test.*'],
      rules: {
        '@typescript-eslint/no-restricted-imports': rule({
          group: imports([...rooms, 'http']),
          message:
            'collect/ knows Kubernetes and the queue, not the product: rooms learn of changes through ObservationListener.',
        }),
      },
    },
    ...rooms.map(room => ({
      files: [`src/${room}/**`],
      excludedFiles: ['**/*.test.*'],
      rules: {
        '@typescript-eslint/no-restricted-imports': rule(
          ...otherRooms(room),
          ...onlyServices(room),
        ),
      },
    })),
  ],
  platform: [
    {
      files: ['src/components/**'],
      rules: {
        '@typescript-eslint/no-restricted-imports': rule({
          group: imports(rooms),
          message: 'Shared components know no room.',
        }),
      },
    },
    ...rooms.map(room => ({
      files: [`src/${room}/**`],
      rules: {
        '@typescript-eslint/no-restricted-imports': rule(...otherRooms(room)),
      },
    })),
  ],
};

module.exports = { layersByFolder };
