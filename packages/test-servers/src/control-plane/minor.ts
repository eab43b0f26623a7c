import { InputError } from '@backstage/errors';

/** A minor version of Kubernetes, as a string all the way: "1.36". */
export type KubernetesMinor = `1.${number}`;

/** How many minors back an API server of 1.36 can emulate (KEP-4330). */
const emulatedBack = 3;

/** Newest first: the minor of the binaries, and those they can emulate. */
function emulatableMinors(newest: KubernetesMinor): KubernetesMinor[] {
  const number = minorNumber(newest);
  return Array.from(
    { length: emulatedBack + 1 },
    (_, back): KubernetesMinor => `1.${number - back}`,
  );
}

/** The minor of a version such as "v1.36.3" or "Kubernetes v1.36.3". */
export function minorOf(version: string): KubernetesMinor {
  const match = version.match(/v1\.(\d+)/);
  if (!match) {
    throw new InputError(
      `"${version}" is no version of Kubernetes: expected one such as v1.36.3`,
    );
  }
  return `1.${Number(match[1])}`;
}

/** @throws InputError when the binaries can not emulate the minor */
export function assertEmulatable(
  minor: KubernetesMinor,
  newest: KubernetesMinor,
): void {
  const minors = emulatableMinors(newest);
  if (minors.includes(minor)) return;
  throw new InputError(
    `These binaries can not emulate Kubernetes ${minor}: choose one of ${minors.join(
      ', ',
    )}`,
  );
}

function minorNumber(minor: KubernetesMinor): number {
  return Number(minor.slice('1.'.length));
}
