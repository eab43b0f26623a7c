import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { LookupFunction } from 'node:net';
import { publicAddressLookup } from './publicAddressLookup';

/**
 * Decides which clusters may only be reached at public addresses: those that
 * the Kubernetes plugin took from the catalog, where anybody who can register
 * an entity can name a host.
 *
 * @remarks
 * The list does not say where a cluster came from. A cluster counts as one of
 * the catalog when that locator is on and no `config` locator names it with
 * the same URL: an entity can have the name of a configured cluster. Hosts
 * the admin exempted from the Kubernetes plugin's own check are exempt here.
 * Literal addresses need no second check: they cannot change.
 */
export function catalogGuard(
  config: RootConfigService,
  lookup: LookupFunction = publicAddressLookup(),
): (cluster: { name: string; url: string }) => LookupFunction | undefined {
  const locators =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  const ofType = (type: string) =>
    locators.filter(locator => locator.getOptionalString('type') === type);
  const catalogs = ofType('catalog');
  const configured = new Set(
    ofType('config').flatMap(locator =>
      (locator.getOptionalConfigArray('clusters') ?? []).map(cluster =>
        identityOf({
          name: cluster.getOptionalString('name'),
          url: cluster.getOptionalString('url'),
        }),
      ),
    ),
  );
  const exempt = catalogs.flatMap(
    locator =>
      locator.getOptionalStringArray('dangerouslyAllowClusterUrls') ?? [],
  );

  return ({ name, url }) => {
    if (
      catalogs.length === 0 ||
      configured.has(identityOf({ name, url })) ||
      !URL.canParse(url)
    ) {
      return undefined;
    }
    const host = new URL(url).hostname.toLowerCase();
    return exempt.some(pattern => matches(host, pattern.toLowerCase()))
      ? undefined
      : lookup;
  };
}

function identityOf(cluster: { name?: string; url?: string }): string {
  return JSON.stringify([cluster.name, cluster.url]);
}

/** The patterns of the Kubernetes plugin: a host, or `*.` and a domain. */
function matches(host: string, pattern: string): boolean {
  return pattern.startsWith('*.')
    ? host.endsWith(pattern.slice(1)) || host === pattern.slice(2)
    : host === pattern;
}
