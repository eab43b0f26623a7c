import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { controlPlaneFolder } from './packageFolder';

/** How the binaries are built from the Go module, and where they go. */
export interface BuildPlan {
  /** Folder of the Go module. */
  module: string;
  /** Folder of the built binaries; its name follows everything built from. */
  output: string;
  /** Version of Kubernetes that the module pins: "v1.36.3". */
  version: string;
  /** Arguments of `go` without the output folder. */
  args: string[];
}

/**
 * The cache lies outside the checkout, so that clones share it and a clean
 * checkout does not cost a build.
 */
export function buildPlan(): BuildPlan {
  const goMod = readFileSync(join(controlPlaneFolder, 'go.mod'));
  const goSum = readFileSync(join(controlPlaneFolder, 'go.sum'));
  const version = kubernetesVersion(goMod.toString());
  const [major, minor] = version.slice(1).split('.');
  const stamp = 'k8s.io/component-base/version';
  const ldflags = [
    '-s -w',
    `-X ${stamp}.gitVersion=${version}`,
    `-X ${stamp}.gitMajor=${major}`,
    `-X ${stamp}.gitMinor=${minor}`,
  ].join(' ');
  const args = ['build', '-v', '-trimpath', '-ldflags', ldflags];
  const hash = createHash('sha256')
    .update(goMod)
    .update(goSum)
    .update(args.join('\0'))
    .update(`${process.platform}/${process.arch}`)
    .digest('hex')
    .slice(0, 16);
  return {
    module: controlPlaneFolder,
    output: join(cacheFolder(), 'roadbed', 'control-plane', hash),
    version,
    args,
  };
}

function kubernetesVersion(goMod: string): string {
  const match = goMod.match(/^\s*k8s\.io\/kubernetes (v\d+\.\d+\.\d+)/m);
  if (!match) {
    throw new Error(
      `${controlPlaneFolder}/go.mod must require k8s.io/kubernetes at a released version`,
    );
  }
  return match[1];
}

/** By the XDG rules a relative XDG_CACHE_HOME counts as unset. */
function cacheFolder(): string {
  const wanted = process.env.XDG_CACHE_HOME;
  return wanted && isAbsolute(wanted) ? wanted : join(homedir(), '.cache');
}
