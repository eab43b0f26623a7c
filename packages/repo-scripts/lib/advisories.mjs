/** Where registries answer which versions have known vulnerabilities. */
const BULK = '-/npm/v1/security/advisories/bulk';
const TIMEOUT_MS = 60_000;

/**
 * A known vulnerability of something that is installed.
 *
 * @typedef {object} Advisory
 * @property {string} id the last part of its address, such as `GHSA-…`
 * @property {string} name the package
 * @property {string[]} versions those that are installed
 * @property {string} severity
 * @property {string} title
 * @property {string} url
 */

/** The registry does not say, which is not the same as that there is nothing. */
export class NotCheckedError extends Error {}

/**
 * Asks a registry what is known about packages.
 *
 * @param {Array<{ manifest: { name: string, version: string } }>} tree
 * @returns {Promise<Advisory[]>}
 * @throws NotCheckedError when the registry offers no such answer
 */
export async function knownAdvisories(tree, registry) {
  const versions = {};
  for (const { manifest } of tree) {
    (versions[manifest.name] ??= []).push(manifest.version);
  }
  let response;
  try {
    response = await fetch(new URL(BULK, `${registry}/`), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(versions),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new NotCheckedError(
      `the registry does not answer: ${error.cause?.message ?? error.message}`,
    );
  }
  if (!response.ok) {
    throw new NotCheckedError(
      `the registry has no list of advisories: it answers ${response.status}`,
    );
  }
  let body;
  try {
    body = await response.json();
  } catch (error) {
    throw new NotCheckedError(`the registry's answer is no JSON: ${error}`);
  }
  return Object.entries(body).flatMap(([name, advisories]) =>
    advisories.map(({ url, severity, title }) => ({
      id: url.split('/').pop(),
      name,
      versions: versions[name] ?? [],
      severity,
      title,
      url,
    })),
  );
}

/**
 * What is left to do about advisories.
 *
 * @param {Advisory[]} advisories
 * @param {Record<string, { why: string }>} explained by id: why an advisory does
 *   not concern Roadbed, or what is done about it
 * @returns {string[]}
 */
export function openAdvisories(advisories, explained) {
  const known = new Set(advisories.map(({ id }) => id));
  return [
    ...advisories
      .filter(({ id }) => !Object.hasOwn(explained, id))
      .map(
        ({ id, name, versions, severity, title, url }) =>
          `${severity}: ${name} ${versions.join(
            ', ',
          )}: ${title} (${url}); update it, or explain ${id} in packages/repo-scripts/advisories.json`,
      ),
    ...Object.keys(explained)
      .filter(id => !known.has(id))
      .map(
        id =>
          `packages/repo-scripts/advisories.json explains ${id}, which concerns nothing that is installed: remove it`,
      ),
  ];
}
