import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Paths of the programs of a control plane. */
export interface ControlPlaneBinaries {
  etcd: string;
  kubeApiserver: string;
  /** Both or neither: one without the other runs no pod. */
  controllers?: { controllerManager: string; scheduler: string };
  kwok?: string;
}

/** Names of the files in a folder of binaries, as envtest names them. */
const files = {
  etcd: 'etcd',
  kubeApiserver: 'kube-apiserver',
  controllerManager: 'kube-controller-manager',
  scheduler: 'kube-scheduler',
  kwok: 'kwok',
};

/** What a folder holds, or the name of the first needed file that it lacks. */
export function binariesIn(
  folder: string,
): { binaries: ControlPlaneBinaries } | { missing: string } {
  const path = (name: keyof typeof files) => join(folder, files[name]);
  const has = (name: keyof typeof files) => isExecutable(path(name));
  if (!has('etcd')) return { missing: files.etcd };
  if (!has('kubeApiserver')) return { missing: files.kubeApiserver };
  return {
    binaries: {
      etcd: path('etcd'),
      kubeApiserver: path('kubeApiserver'),
      controllers:
        has('controllerManager') && has('scheduler')
          ? {
              controllerManager: path('controllerManager'),
              scheduler: path('scheduler'),
            }
          : undefined,
      kwok: has('kwok') ? path('kwok') : undefined,
    },
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Absent or not executable: both mean that it can not be run.
    return false;
  }
}
