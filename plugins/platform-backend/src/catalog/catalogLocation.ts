/**
 * Whether an entity comes from one of some places.
 *
 * @param location - its annotation `backstage.io/managed-by-location`, which
 *   the catalog itself writes: the file that it was read from, such as
 *   `url:https://github.com/acme/platform/blob/main/clusters.yaml`
 * @param places - locations, or what they begin with up to a slash; absent:
 *   every place will do
 */
export function isFromOneOf(
  location: string | undefined,
  places: readonly string[] | undefined,
): boolean {
  if (!places) return true;
  if (location === undefined) return false;
  const normal = normalized(location);
  return places.map(normalized).some(place => {
    const folder = place.endsWith('/') ? place : `${place}/`;
    return normal === place || normal.startsWith(folder);
  });
}

/** As it is fetched: `acme/platform/../other` is `acme/other`. */
function normalized(location: string): string {
  const [, type, target] = /^([^:]+):(.*)$/s.exec(location) ?? [];
  if (type === undefined || !URL.canParse(target)) return location;
  return `${type}:${new URL(target).href}`;
}
