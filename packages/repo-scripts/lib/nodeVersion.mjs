/**
 * Whether a Node version satisfies `engines.node` of the form `20 || 22 || 24`.
 *
 * @param {string} version such as `20.20.2`
 * @param {string} range majors joined by `||`
 */
export function satisfiesMajors(version, range) {
  const major = version.split('.')[0];
  return range.split('||').some(part => part.trim() === major);
}

/** @returns {string | undefined} what is wrong with this Node, in words */
export function nodeVersionProblem(version, range) {
  if (satisfiesMajors(version, range)) return undefined;
  return `This is Node ${version}, but package.json asks for "${range}" (engines.node). Install one of these, then run the command again.`;
}
