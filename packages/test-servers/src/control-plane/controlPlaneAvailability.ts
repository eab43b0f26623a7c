import { spawnSync } from 'node:child_process';
import type { Availability } from '../availability';
import { binariesIn, type ControlPlaneBinaries } from './binaries';
import { buildPlan } from './buildPlan';

/** Where the binaries come from. */
export type ControlPlaneSource =
  /** The folder that the variable names: the convention of envtest. */
  | { from: 'KUBEBUILDER_ASSETS'; folder: string }
  /** Built before, in the cache. */
  | { from: 'cache'; folder: string }
  /** Go is at hand: the first start builds them, which takes minutes. */
  | { from: 'go' };

/** Whether a control plane can be started, and out of what. */
export type ControlPlaneAvailability =
  | (Extract<Availability, { available: true }> & {
      source: ControlPlaneSource;
    })
  | Extract<Availability, { available: false }>;

const what = 'Kubernetes control plane';

/**
 * Looks whether a control plane can be had. Builds nothing, takes milliseconds,
 * and does not wait, so that `describe` can depend on it.
 */
export function controlPlaneAvailability(
  need: {
    /** Whether controller manager, scheduler and kwok are needed too. */
    controllers?: boolean;
  } = {},
): ControlPlaneAvailability {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets) return inAssets(assets, need.controllers ?? false);
  const { output } = buildPlan();
  if ('binaries' in binariesIn(output)) {
    return { available: true, what, source: { from: 'cache', folder: output } };
  }
  const problem = goProblem();
  if (problem) {
    return {
      available: false,
      what,
      reason: problem,
      remedy:
        'install Go, or set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver',
    };
  }
  return { available: true, what, source: { from: 'go' } };
}

function inAssets(
  folder: string,
  controllers: boolean,
): ControlPlaneAvailability {
  const found = binariesIn(folder);
  let lacking: string | undefined;
  if ('missing' in found) lacking = found.missing;
  else if (controllers) lacking = missingController(found.binaries);
  if (lacking) {
    return {
      available: false,
      what,
      reason: `KUBEBUILDER_ASSETS names "${folder}", which has no executable ${lacking}`,
      remedy: `put ${lacking} there, or unset it to build all programs with Go`,
    };
  }
  return {
    available: true,
    what,
    source: { from: 'KUBEBUILDER_ASSETS', folder },
  };
}

function missingController({
  controllers,
  kwok,
}: ControlPlaneBinaries): string | undefined {
  if (!controllers) return 'kube-controller-manager and kube-scheduler';
  return kwok ? undefined : 'kwok';
}

/** Go fetches the toolchain that go.mod asks for by itself since 1.21. */
const oldestGo = 21;

function goProblem(): string | undefined {
  // Outside the module, where go.mod would make an old Go fetch a new one.
  const { error, stdout } = spawnSync('go', ['version'], {
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  if (error) return 'no binaries are built and "go" can not be run';
  const match = stdout.match(/go1\.(\d+)/);
  if (match && Number(match[1]) >= oldestGo) return undefined;
  return `no binaries are built and Go 1.${oldestGo} or newer is needed, not ${stdout.trim()}`;
}
