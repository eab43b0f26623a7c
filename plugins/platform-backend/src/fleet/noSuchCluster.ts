import { NotFoundError } from '@backstage/errors';

/** The answer for a cluster that is not there, and for one that may not be seen: the same. */
export function noSuchCluster(name: string): NotFoundError {
  return new NotFoundError(
    `There is no cluster "${name}" in the fleet; its name is the one in the Kubernetes configuration of the portal`,
  );
}
