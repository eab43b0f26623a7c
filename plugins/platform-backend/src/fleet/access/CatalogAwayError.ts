import { ServiceUnavailableError } from '@backstage/errors';

/** The catalog can not be asked what a caller may read. */
export class CatalogAwayError extends ServiceUnavailableError {
  constructor() {
    super(
      'The catalog does not answer, so it is not known which entities you may read; clusters and workloads are there meanwhile, without owners. The log of the platform plugin says what is wrong with the catalog',
    );
  }
}
