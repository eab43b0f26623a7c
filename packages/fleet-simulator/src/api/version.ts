/** What `/version` of a cluster tells. */
export interface VersionOptions {
  /** Such as `v1.34.4-eks-abc123`. */
  gitVersion: string;
  /** Such as `1.33`: the minor whose APIs are served, where it differs from the binary's. */
  emulatedMinor?: string;
}

/** Major and minor of a version such as `v1.34.4-eks-abc123` or `1.33`. */
export function parseVersion(version: string): {
  major: number;
  minor: number;
} {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  return { major: Number(match?.[1] ?? 0), minor: Number(match?.[2] ?? 0) };
}

/** The minor whose APIs are served. */
export function servedMinor(options: VersionOptions): number {
  return parseVersion(options.emulatedMinor ?? options.gitVersion).minor;
}

/** The document of `/version`. */
export function versionInfo(options: VersionOptions) {
  const { major, minor } = parseVersion(options.gitVersion);
  // Providers that patch Kubernetes mark the minor with a plus.
  const plus = /-(eks|gke)[-.]/.test(options.gitVersion) ? '+' : '';
  const emulated = parseVersion(options.emulatedMinor ?? options.gitVersion);
  return {
    major: String(major),
    minor: `${minor}${plus}`,
    // Told by binaries that know emulation, and always by them.
    ...(minor >= 33
      ? {
          emulationMajor: String(emulated.major),
          emulationMinor: String(emulated.minor),
          minCompatibilityMajor: String(emulated.major),
          minCompatibilityMinor: String(emulated.minor - 1),
        }
      : {}),
    gitVersion: options.gitVersion,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: 'go1.24.1',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}
