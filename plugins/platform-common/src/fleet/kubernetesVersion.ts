import type { ClusterVersion } from './clusterSchemas';

/** What the API server's `/version` says, as far as Roadbed stores it. @public */
export interface VersionDocument {
  gitVersion: string;
  major: string;
  minor: string;
  emulationMajor?: string;
  emulationMinor?: string;
}

/**
 * The version that counts for API questions: the emulated one where the server
 * names it, else the binary's. Providers write minors such as `27+`; only the
 * digits count.
 *
 * @public
 */
export function effectiveVersion(document: VersionDocument): ClusterVersion {
  const own = minorOf(document.major, document.minor);
  const emulated =
    document.emulationMajor && document.emulationMinor
      ? minorOf(document.emulationMajor, document.emulationMinor)
      : own;
  return {
    gitVersion: document.gitVersion,
    minor: emulated,
    emulated: emulated !== own,
  };
}

function minorOf(major: string, minor: string): string {
  const digits = (text: string) => text.match(/^\d+/)?.[0] ?? text;
  return `${digits(major)}.${digits(minor)}`;
}

/**
 * Compares two minors such as `1.9` and `1.10` by their numbers: negative when
 * `a` is older. What is not a version sorts before every version.
 *
 * @public
 */
export function compareMinors(a: string, b: string): number {
  const [majorA, minorA] = partsOf(a);
  const [majorB, minorB] = partsOf(b);
  return majorA - majorB || minorA - minorB;
}

function partsOf(minor: string): [number, number] {
  const match = minor.match(/^(\d+)\.(\d+)/);
  return match ? [Number(match[1]), Number(match[2])] : [-1, -1];
}
