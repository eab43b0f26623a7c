/**
 * What may be shipped, and what is known of packages that do not say it.
 *
 * @typedef {object} LicencePolicy
 * @property {Record<string, string>} allowed SPDX ids and why they are fine
 * @property {Record<string, { licence: string, why: string }>} exceptions
 *   packages whose manifest says nothing usable
 */

/**
 * One line of the list.
 *
 * @typedef {object} LicensedPackage
 * @property {string} name
 * @property {string[]} versions
 * @property {string} licence an SPDX expression; `none` when nothing is known
 */

/** What a manifest says, in the forms of today and of long ago. */
function declared({ license, licenses }) {
  const said = [license ?? licenses ?? []]
    .flat()
    .map(entry => (typeof entry === 'string' ? entry : entry.type))
    .filter(Boolean);
  return said.length > 0 ? said.join(' OR ') : undefined;
}

/** @returns {LicensedPackage[]} one for every name and licence */
export function licensedPackages(tree, { exceptions }) {
  const lines = new Map();
  for (const { manifest } of tree) {
    const { name, version } = manifest;
    const licence = declared(manifest) ?? exceptions[name]?.licence ?? 'none';
    const line = lines.get(`${name} ${licence}`);
    if (!line) {
      lines.set(`${name} ${licence}`, { name, versions: [version], licence });
    } else if (!line.versions.includes(version)) {
      line.versions.push(version);
    }
  }
  return [...lines.values()];
}

/** Whether an expression can be met with what is allowed. */
export function isAllowed(licence, { allowed }) {
  const text = licence.replace(/^\((.*)\)$/, '$1');
  const isListed = id => Object.hasOwn(allowed, id.trim());
  if (text.includes(' OR ') && text.includes(' AND ')) return false;
  return text.includes(' AND ')
    ? text.split(' AND ').every(isListed)
    : text.split(' OR ').some(isListed);
}

/** @returns {string[]} what must not be shipped as it is, with what to do */
export function licenceProblems(packages, policy) {
  const names = new Set(packages.map(({ name }) => name));
  return [
    ...packages
      .filter(({ licence }) => !isAllowed(licence, policy))
      .map(
        ({ name, versions, licence }) =>
          `${name} ${versions.join(
            ', ',
          )} has the licence ${licence}, which packages/repo-scripts/licences.json does not allow: replace the package, or add the licence or an exception there, with the reason`,
      ),
    ...Object.keys(policy.exceptions)
      .filter(name => !names.has(name))
      .map(
        name =>
          `packages/repo-scripts/licences.json has an exception for ${name}, which is not installed any more: remove it`,
      ),
  ];
}

function table(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => row[column].length)),
  );
  const line = cells =>
    `| ${cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join(' | ')} |`;
  return [
    line(head),
    line(widths.map(width => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
}

/** The list for people, as `docs/licences.md`. */
export function licenceDocument(packages, { allowed, exceptions }) {
  const counts = new Map();
  for (const { licence } of packages) {
    counts.set(licence, (counts.get(licence) ?? 0) + 1);
  }
  const byCount = [...counts].sort(
    ([a, m], [b, n]) => n - m || (a < b ? -1 : 1),
  );
  return `# Licences

What is installed with Roadbed's published plugins in production, and under which licence. Roadbed itself is
under the [Apache License 2.0](../LICENSE). Peers, such as React, are the portal's own and not in the list.

Written by \`npm run licences\`; \`npm test\` fails while it is out of date, and when a licence appears that
\`packages/repo-scripts/licences.json\` does not allow.

${table(
  ['licence', 'packages', 'why it is fine'],
  byCount.map(([licence, count]) => [
    licence,
    String(count),
    allowed[licence] ?? 'one of the two may be chosen',
  ]),
)}

## Where the manifest says nothing

${table(
  ['package', 'licence', 'how it is known'],
  Object.entries(exceptions).map(([name, { licence, why }]) => [
    name,
    licence,
    why,
  ]),
)}

## Packages

${table(
  ['package', 'versions', 'licence'],
  packages.map(({ name, versions, licence }) => [
    name,
    versions.join(', '),
    licence,
  ]),
)}
`;
}
