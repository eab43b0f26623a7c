import { CustomErrorBase } from '@backstage/errors';

/** Asked too often. Backstage answers with the status that an error carries. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  readonly statusCode = 429;

  constructor(
    message: string,
    /** Whole seconds until it may be asked again, for the header Retry-After. */
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}
