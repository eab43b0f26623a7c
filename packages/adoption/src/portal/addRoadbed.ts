import { join, relative } from 'node:path';
import { readManifest, type Manifest } from '../Manifest';
import type { PackedPlugin } from '../pack/packPlugins';
import { editManifest, insertBefore, rangeInUse } from './portalFiles';

const backendRoles = ['backend-plugin', 'backend-plugin-module'];
const frontendRoles = ['frontend-plugin', 'frontend-plugin-module'];

/**
 * Adds Roadbed to a portal as its README says: dependencies, `backend.add`, and
 * in the legacy app a route and an entry in the sidebar. Every plugin and every
 * module for a backend or an app is added, with the plugin that it extends.
 */
export function addRoadbed(portal: string, plugins: PackedPlugin[]): void {
  const manifests = plugins.map(({ dir }) => readManifest(dir));
  // No registry has them: wherever one is asked for, it is the tarball.
  editManifest(portal, manifest => {
    for (const { name, tarball } of plugins) {
      (manifest.resolutions ??= {})[name] = `file:./${relative(
        portal,
        tarball,
      )}`;
    }
  });
  addToBackend(
    join(portal, 'packages', 'backend'),
    manifests.filter(manifest => hasRole(manifest, backendRoles)),
  );
  const frontends = manifests.filter(manifest =>
    hasRole(manifest, frontendRoles),
  );
  for (const app of ['app', 'app-legacy']) {
    addDependencies(join(portal, 'packages', app), frontends);
  }
  addToLegacyApp(join(portal, 'packages', 'app-legacy', 'src', 'App.tsx'));
}

function hasRole({ backstage }: Manifest, roles: string[]): boolean {
  return roles.includes(backstage?.role ?? '');
}

function addDependencies(dir: string, added: Manifest[]): void {
  editManifest(dir, manifest => {
    const dependencies = (manifest.dependencies ??= {});
    for (const { name, version } of added) dependencies[name] = `^${version}`;
  });
}

function addToBackend(dir: string, added: Manifest[]): void {
  const present = Object.keys(readManifest(dir).dependencies ?? {});
  const own = added.map(({ name }) => name);
  const hosts = added
    .flatMap(({ backstage }) => backstage?.pluginPackage ?? [])
    .filter(name => !present.includes(name) && !own.includes(name));
  addDependencies(dir, added);
  editManifest(dir, ({ dependencies = {} }) => {
    for (const host of hosts) dependencies[host] = rangeInUse(host);
  });
  insertBefore({
    file: join(dir, 'src', 'index.ts'),
    marker: 'backend.start()',
    lines: [...new Set([...hosts, ...own])].map(
      name => `backend.add(import('${name}'));`,
    ),
  });
}

function addToLegacyApp(file: string): void {
  insertBefore({
    file,
    marker: 'import { Route }',
    lines: [
      "import CloudIcon from '@material-ui/icons/Cloud';",
      "import { PlatformPage } from '@roadbed/backstage-plugin-platform';",
    ],
  });
  insertBefore({
    file,
    marker: '</Sidebar>',
    lines: ['<SidebarItem icon={CloudIcon} to="platform" text="Platform" />'],
  });
  insertBefore({
    file,
    marker: '</FlatRoutes>',
    lines: ['<Route path="/platform" element={<PlatformPage />} />'],
  });
}
